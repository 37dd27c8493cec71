/** One combination of a job's matrix (or its only one): what is run. Plain data. */
export interface Cell {
  readonly job: string
  /** For people, as GitHub shows it: `test (22, ubuntu-latest)`. */
  readonly name: string
  readonly matrix: Readonly<Record<string, unknown>> | null
  readonly strategy: {
    readonly 'fail-fast': boolean
    readonly 'job-index': number
    readonly 'job-total': number
    readonly 'max-parallel': number
  }
  readonly continueOnError: boolean
  readonly labels: readonly string[]
  /** Set when no runner here has these labels: the cell is skipped, and this says why. */
  readonly unrunnable?: string | undefined
}
