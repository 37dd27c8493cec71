import type { CleanLine } from '../logs/clean-line.ts'

/** How a job ended, in its CI system's own words: `stopped` before its script, `terminated` by the system. */
export type Ending = 'passed' | 'failed' | 'stopped' | 'cancelled' | 'terminated'

interface Word {
  readonly literal: string
  /** Tested against the line with the vendor's marker on it. */
  readonly regex: RegExp
  readonly ending: Ending
  /** Said of the whole job, whatever stands below; others hold until the next word. */
  readonly final?: boolean
}

const words: readonly Word[] = [
  {
    literal: 'The operation was cance',
    regex: /^##\[error\]The operation was cancell?ed/,
    ending: 'cancelled',
    final: true,
  },
  { literal: 'has exceeded the maximum execution time', regex: /^##\[error\]/, ending: 'terminated', final: true },
  {
    literal: 'Process completed with exit code',
    regex: /^##\[error\]Process completed with exit code (?!0)/,
    ending: 'failed',
  },
  { literal: '##[error]', regex: /^##\[error\].{0,4000}failed/, ending: 'failed' },
  {
    literal: 'exited with ',
    regex: /^Done\. (?:Your build|Build script) exited with 0/,
    ending: 'passed',
    final: true,
  },
  {
    literal: 'exited with ',
    regex: /^Done\. (?:Your build|Build script) exited with [1-9]/,
    ending: 'failed',
    final: true,
  },
  { literal: 'exited with ', regex: /^The command .{1,4000} exited with [1-9]\d{0,2}\./, ending: 'failed' },
  { literal: 'Done: Job Cancelled', regex: /^Done: Job Cancelled/, ending: 'cancelled', final: true },
  { literal: 'Your build has been stopped', regex: /^Your build has been stopped/, ending: 'stopped', final: true },
  {
    literal: 'The build has been terminated',
    regex: /^The build has been terminated/,
    ending: 'terminated',
    final: true,
  },
  { literal: 'Job succeeded', regex: /^Job succeeded\s*$/, ending: 'passed', final: true },
  {
    literal: 'ERROR: Job failed',
    regex: /^ERROR: Job failed: execution took longer than/,
    ending: 'terminated',
    final: true,
  },
  { literal: 'ERROR: Job failed', regex: /^ERROR: Job failed: canceled/, ending: 'cancelled', final: true },
  { literal: 'ERROR: Job failed', regex: /^ERROR: Job failed/, ending: 'failed', final: true },
  { literal: 'Finished: ', regex: /^Finished: SUCCESS\s*$/, ending: 'passed', final: true },
  { literal: 'Finished: ', regex: /^Finished: (?:FAILURE|UNSTABLE)\s*$/, ending: 'failed', final: true },
  { literal: 'Finished: ', regex: /^Finished: ABORTED\s*$/, ending: 'cancelled', final: true },
  { literal: 'Exited with code', regex: /^Exited with code (?:exit status )?[1-9]/, ending: 'failed' },
]

/** What a line must hold to say how the job ended. */
export const endingLiterals: readonly string[] = [...new Set(words.map(({ literal }) => literal))]

/** Listens for the last word of a job; the last final one counts, else the last of all. */
export function createEndingReader() {
  let ending: Ending | undefined
  let final = false
  return {
    see({ marked }: CleanLine): void {
      const word = words.find(({ regex, literal }) => marked.includes(literal) && regex.test(marked))
      if (word === undefined || (final && word.final !== true)) return
      ending = word.ending
      final = word.final === true
    },
    end: () => ending,
  }
}
