import { Invalid } from '../../../../base/errors.ts'
import type { Environment } from '../environment.ts'
import type { JobState, StepRun } from '../job-state.ts'

/** Run a program of this machine for one of our own actions, shown in the log. Throws `Invalid` when it fails. */
export async function runTool(
  job: JobState,
  step: StepRun,
  tool: {
    readonly file: string
    readonly args: readonly string[]
    readonly cwd: string
    readonly env?: Environment | undefined
  },
): Promise<readonly string[]> {
  const shown = [tool.file, ...tool.args].join(' ')
  job.log.line(`[command]${shown}`)
  const lines: string[] = []
  const exit = await job.processes.run({
    ...tool,
    env: { ...job.base, PATH: job.base.PATH ?? '', ...tool.env },
    signal: step.signal,
    output(text, more) {
      if (lines.length < 10_000) lines.push(text)
      job.log.piece(text, more)
    },
  })
  if (exit.kind === 'exited' && exit.code === 0) return lines
  if (exit.kind === 'not-started') throw new Invalid(exit.because)
  const how = exit.kind === 'exited' ? `exit code ${exit.code}` : exit.kind
  throw new Invalid(`The process '${tool.file}' failed with ${how}: ${lines.at(-1) ?? 'it said nothing'}`)
}
