import { existsSync } from 'node:fs'
import path from 'node:path'
import { Invalid } from '../../../../base/errors.ts'
import type { Environment } from '../environment.ts'
import type { JobState, StepRun, Verdict } from '../job-state.ts'
import { launch } from '../launch.ts'
import type { ActionDefinition, NodeRuns } from './action-file.ts'

/** A JavaScript action: its main now, its post when all steps are done. Run by the Node.js that runs us. */
export function runJavaScript(
  job: JobState,
  step: StepRun,
  action: {
    readonly folder: string
    readonly action: ActionDefinition
    readonly runs: NodeRuns
    readonly inputs: Readonly<Record<string, string>>
  },
): Promise<Verdict> {
  const { runs, folder, inputs } = action
  if (runs.pre)
    job.log.line(`##[warning]\`pre\` execution is not supported for local action from '${action.action.name}'`)
  if (runs.using !== `node${process.versions.node.split('.')[0]}`)
    job.log.line(`The action asks for ${runs.using}; it is run by Node.js ${process.versions.node}.`)
  const script = (name: string, run: StepRun) => {
    const file = path.join(folder, name)
    if (!existsSync(file)) throw new Invalid(`File not found: '${file}'`)
    const env = { ...inputEnvironment(inputs), ...stateEnvironment(run) }
    return launch(job, run, { file: process.execPath, args: [file], cwd: job.request.folders.workspace, env })
  }
  const { post, postIf } = runs
  // Registered before main runs: cleaning up is due also when main fails.
  if (post)
    job.posts.push({ name: `Post ${step.name}`, condition: postIf, run: step, body: (run) => script(post, run) })
  return script(runs.main, step)
}

function inputEnvironment(inputs: Readonly<Record<string, string>>): Environment {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  )
}

function stateEnvironment(step: StepRun): Environment {
  return Object.fromEntries(Object.entries(step.state).map(([name, value]) => [`STATE_${name}`, value]))
}
