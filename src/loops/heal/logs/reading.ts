import type { Phase } from '../../../model/diagnosis.ts'
import type { Ending } from '../results/ending.ts'
import type { TestResults } from '../results/test-results.ts'
import type { SignatureFound } from '../signatures/signature.ts'

/**
 * What reading a log leaves: small, plain, redacted, the same for a kilobyte and a gigabyte. Everything that follows is
 * decided from this and never looks at the log again.
 */
export interface LogReading {
  readonly ci: CiKind
  readonly lines: number
  readonly bytes: number
  /** In the order of the log. Empty for a plain log. */
  readonly sections: readonly Section[]
  /** In the order of the log; of a pattern that hit often the first and the last. */
  readonly hits: readonly Hit[]
  /** Lines around the hits that matter and at the end, in order, without overlap; of a small log all, if it was read whole. */
  readonly kept: readonly KeptLines[]
  /** What the vendor's own viewer shows as the errors of the job, in order. Empty where it has no such rule. */
  readonly errorLines: readonly ErrorLine[]
  /** Of a log small enough for care: every line that a pattern hit, with the patterns' ids. */
  readonly matched?: ReadonlyMap<number, readonly string[]> | undefined
  /** Of a log small enough for care: the lines written in red. */
  readonly red?: ReadonlySet<number> | undefined
  readonly timing: Timing
  /** What the tests did; `undefined` when no tool that builds or tests spoke. */
  readonly results?: TestResults | undefined
  /** How the job ended in the CI system's own words; `undefined` where it says nothing, as most do of success. */
  readonly ending?: Ending | undefined
  /** Signatures of people that hit, in the order of their list. */
  readonly signatures?: readonly SignatureFound[] | undefined
  /** Why the log could not be read, or not to its end. What was read up to there still counts. */
  readonly problem?: ReadingProblem | undefined
}

export type CiKind =
  | 'github-actions'
  | 'gitlab-ci'
  | 'travis-ci'
  | 'jenkins'
  | 'azure-pipelines'
  | 'circleci'
  | 'buildkite'
  | 'taskcluster'
  | 'teamcity'
  | 'appveyor'
  | 'bitbucket-pipelines'
  | 'plain'

/** A `group` is lines that a tool folds away. */
export type SectionKind = 'job' | 'step' | 'command' | 'group'

/** A job, step, command or group of the log, as its markers tell. Lines are 1-based and inclusive; they nest. */
export interface Section {
  readonly kind: SectionKind
  readonly name: string
  readonly phase?: Phase | undefined
  readonly start: number
  readonly end: number
  readonly startedAtMs?: number | undefined
  readonly endedAtMs?: number | undefined
  readonly exitCode?: number | undefined
}

export interface Hit {
  readonly line: number
  /** Id of the pattern. */
  readonly pattern: string
  readonly groups: Readonly<Partial<Record<string, string>>>
  readonly text: string
  readonly marker?: 'error' | 'warning' | undefined
}

export interface ErrorLine {
  readonly line: number
  /** Without timestamp, redacted. */
  readonly text: string
}

export interface KeptLines {
  readonly start: number
  readonly text: readonly string[]
}

export interface Timing {
  readonly firstMs?: number | undefined
  readonly lastMs?: number | undefined
  /** The longest time without output among the last lines: evidence of a hang. `line` is the last one before it. */
  readonly silence?: { readonly line: number; readonly ms: number } | undefined
}

export interface ReadingProblem {
  readonly code: 'empty' | 'binary' | 'damaged-archive' | 'unsafe-archive' | 'archive-too-large' | 'no-log-in-archive'
  /** What was wrong, where, and what to do. */
  readonly sentence: string
}
