import { isReserved } from './environment.ts'
import type { Assignment } from './file-command.ts'
import type { JobState } from './job-state.ts'

/** Variables for all later steps. Answers why any was refused; a refusal fails the step, as on GitHub. */
export function applyEnv(job: JobState, assignments: readonly Assignment[]): string | undefined {
  for (const [name, value] of assignments) {
    if (name.toUpperCase() === 'NODE_OPTIONS')
      return `Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.`
    if (isReserved(name)) job.log.line(`##[warning]${name} belongs to the runner; what was written to it is not used.`)
    else job.env[name] = value
  }
  return undefined
}

/** Entries for PATH of all later steps: the newest comes first, one that is there already moves. */
export function applyPath(job: JobState, entries: readonly string[]): void {
  for (const entry of entries) job.addedPath = [entry, ...job.addedPath.filter((known) => known !== entry)]
}

const largestSummaryBytes = 1024 * 1024

export function applySummary(job: JobState, markdown: string): string | undefined {
  if (markdown.trim() === '') return undefined
  if (Buffer.byteLength(markdown) > largestSummaryBytes)
    return `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${Math.ceil(Buffer.byteLength(markdown) / 1024)}k.`
  job.summary.push(
    markdown
      .split('\n')
      .map((line) => job.masker.mask(line))
      .join('\n'),
  )
  return undefined
}
