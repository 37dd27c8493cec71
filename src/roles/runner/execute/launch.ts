import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import path from 'node:path'
import { Invalid } from '../../../base/errors.ts'
import { saySize } from '../../../base/quantity.ts'
import { type Environment, githubEnvironment, joinPath, runnerEnvironment, scratchOf } from './environment.ts'
import { readAssignments, readPathEntries } from './file-command.ts'
import { type JobState, type StepRun, stopOf, type Verdict } from './job-state.ts'
import type { Exit } from './processes.ts'
import { readJobFile } from './read-file.ts'
import { applyEnv, applyPath, applySummary } from './step-effects.ts'
import { createStepOutput, isDebugging } from './step-output.ts'

export interface Program {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  /** For this process alone, strongest of all but the runner's own variables. */
  readonly env?: Environment | undefined
}

/** Run one process of a step: its environment, its output, its file commands, and what its end means. */
export async function launch(job: JobState, step: StepRun, program: Program): Promise<Verdict> {
  const files = createFileCommands(job)
  const exit = await job.processes.run({
    file: program.file,
    args: program.args,
    cwd: program.cwd,
    env: { ...stepEnvironment(job, step), ...program.env, ...files.env },
    output: createStepOutput(job, step),
    signal: step.signal,
  })
  // What the step wrote counts also when it failed, as on GitHub.
  const refused = files.apply(job, step)
  const verdict = judge(job, step, exit)
  return verdict.outcome === 'success' && refused ? fail(job, refused) : verdict
}

/** The whole environment of a step: the clean base, then the workflow's, then the step's, then the runner's own. */
export function stepEnvironment(job: JobState, step: StepRun): Environment {
  const { request } = job
  const github = { ...job.github, action: step.id, action_path: step.frame.actionPath ?? null }
  const merged = {
    ...job.base,
    ...request.env,
    ...job.env,
    ...step.env,
    ...githubEnvironment(github),
    ...runnerEnvironment({
      name: request.runnerName ?? 'mendline',
      folders: request.folders,
      debug: isDebugging(job),
    }),
  }
  return { ...merged, PATH: joinPath(job.addedPath, request.toolPath ?? [], merged.PATH ?? '') }
}

/** Say in the log why a step failed, once. */
export function fail(job: JobState, because: string): Verdict {
  job.log.error(because)
  return { outcome: 'failure', because }
}

function judge(job: JobState, step: StepRun, exit: Exit): Verdict {
  // A process that ended by itself while it was being stopped has its own answer only when it succeeded in time.
  if (step.signal.aborted) return cancelled(job, step)
  switch (exit.kind) {
    case 'not-started':
      return fail(job, exit.because)
    case 'out-of-memory':
      job.observed = { ...job.observed, outOfMemory: true, exitCode: 137, signal: 'SIGKILL' }
      job.log.error(
        `The job was killed for its memory: its processes held ${saySize(exit.usedBytes)}, over the limit of ${saySize(exit.limitBytes)}.`,
      )
      return fail(job, 'Process completed with exit code 137.')
    case 'killed': {
      const code = 128 + (constants.signals[exit.signal as NodeJS.Signals] ?? 0)
      job.observed = { ...job.observed, exitCode: code, signal: exit.signal }
      return fail(job, `Process completed with exit code ${code}.`)
    }
    case 'exited':
      if (exit.code === 0) return { outcome: 'success' }
      job.observed = { ...job.observed, exitCode: exit.code }
      return fail(job, `Process completed with exit code ${exit.code}.`)
    default:
      return exit satisfies never
  }
}

/** A step that was stopped: by its own time limit it failed, otherwise it was cancelled. */
export function cancelled(job: JobState, step: StepRun): Verdict {
  const stop = stopOf(step.signal)
  if (stop?.kind === 'step-timeout') return fail(job, stop.sentence)
  if (stop) job.log.error(stop.sentence)
  if (stop && stop.sentence !== 'The operation was canceled.') job.log.error('The operation was canceled.')
  return { outcome: 'cancelled' }
}

/** Fresh files for one process: what it writes to them is read when it has ended. */
function createFileCommands(job: JobState) {
  const id = randomUUID()
  const file = (name: string) => {
    const created = path.join(scratchOf(job.request.folders), `${name}_${id}`)
    writeFileSync(created, '')
    return created
  }
  const files = {
    GITHUB_ENV: file('env'),
    GITHUB_OUTPUT: file('output'),
    GITHUB_PATH: file('path'),
    GITHUB_STATE: file('state'),
    GITHUB_STEP_SUMMARY: file('summary'),
  }
  return {
    env: files,
    apply(job: JobState, step: StepRun): string | undefined {
      try {
        Object.assign(step.outputs, Object.fromEntries(readAssignments(readBack(files.GITHUB_OUTPUT))))
        Object.assign(step.state, Object.fromEntries(readAssignments(readBack(files.GITHUB_STATE))))
        const refused = applyEnv(job, readAssignments(readBack(files.GITHUB_ENV)))
        applyPath(job, readPathEntries(readBack(files.GITHUB_PATH)))
        return refused ?? applySummary(job, readBack(files.GITHUB_STEP_SUMMARY))
      } catch (error) {
        if (error instanceof Invalid) return `Unable to process file command: ${error.message}`
        throw error
      }
    },
  }
}

const largestCommandFileBytes = 16 * 1024 * 1024

/** A step may remove its own files: then it said nothing. */
function readBack(file: string): string {
  return readJobFile(file, largestCommandFileBytes) ?? ''
}
