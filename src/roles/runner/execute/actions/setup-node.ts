import { Invalid } from '../../../../base/errors.ts'
import type { JobState, StepRun, Verdict } from '../job-state.ts'
import { stepEnvironment } from '../launch.ts'
import { which } from '../shell.ts'
import type { ActionInputs } from './inputs.ts'
import { runTool } from './tool.ts'

/** `actions/setup-node`: the Node.js on PATH, whatever was asked for; a difference is said. */
export async function setupNode(job: JobState, step: StepRun, inputs: ActionInputs): Promise<Verdict> {
  const { PATH } = stepEnvironment(job, step)
  const node = which('node', PATH ?? '')
  if (!node) throw new Invalid('there is no Node.js on PATH, and this runner installs none')
  const [version = ''] = await runTool(job, step, {
    file: node,
    args: ['--version'],
    cwd: job.request.folders.workspace,
  })
  const asked = inputs.text('node-version')
  const major = /^v?(\d{1,4})/.exec(asked)?.[1]
  if (major !== undefined && !version.startsWith(`v${major}.`))
    job.log.line(`##[warning]Node.js ${asked} was asked for; this runner uses ${version} from PATH.`)
  step.outputs['node-version'] = version
  return { outcome: 'success' }
}
