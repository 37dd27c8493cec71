/**
 * What the tests of a log did, in the counts of the tools themselves. `run` is each tool's own total: surefire, gradle
 * and unittest count the skipped in it, pytest, jest and mocha do not.
 */
export interface TestResults {
  /** The build tool or else the test runner: `maven`, `gradle`, `pytest`, `jest`. */
  readonly tool: string
  /** The tool builds, and runs tests on the way. */
  readonly builds: boolean
  /** Every runner of tests that spoke. Empty when a build tool ran none. */
  readonly frameworks: readonly string[]
  /** Absent where the tool shows only what failed. */
  readonly run?: number
  /** Failures and errors. */
  readonly failed: number
  /** Those of the failed that never came to an assertion: collection errors, broken fixtures. */
  readonly errored: number
  readonly skipped: number
  /** Failed as somebody said they would, where the tool tells them apart. They count as run, never as failed. */
  readonly expectedFailures: number
  /** Passed although somebody said they would fail. They count as run. */
  readonly unexpectedPasses: number
  /** Names of the failing tests, each once, in the order of the log; at most `maxFailing`. */
  readonly failing: readonly string[]
  /** Time the tests took by the tools' own clocks. */
  readonly durationSeconds?: number | undefined
}

/** More names than anybody reads; the counts go on. */
export const maxFailing = 10_000
/** A longer name is a parameter that was printed whole. */
export const maxName = 1_000
