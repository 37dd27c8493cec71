import type { RunId } from './run.ts'

/** Where a job broke, decided from structure. */
export const phases = [
  'queue',
  'provision',
  'checkout',
  'restore',
  'prepare',
  'build',
  'test',
  'package',
  'deploy',
  'post',
] as const
export type Phase = (typeof phases)[number]

/** OpenTelemetry's split: the checked thing is bad (`failure`) or the CI system is (`error`). */
export type Outcome = 'failure' | 'error' | 'timeout' | 'cancellation' | 'skip'

/** Who must act. */
export type Owner =
  | 'author'
  | 'test-owner'
  | 'platform'
  | 'vendor'
  | 'security'
  | 'service-owner'
  | 'approver'
  | 'nobody'
  | 'triage'

export type Transience = 'deterministic' | 'intermittent' | 'unknown'

/** Why a job broke: every category with its one outcome, its owner, and what is known of its transience beforehand. */
export const categories = {
  'code.compile': { outcome: 'failure', owner: 'author', transience: 'deterministic' },
  'code.test': { outcome: 'failure', owner: 'author', transience: 'unknown' },
  'code.quality': { outcome: 'failure', owner: 'author', transience: 'deterministic' },
  'code.security': { outcome: 'failure', owner: 'author', transience: 'deterministic' },
  'code.crash': { outcome: 'failure', owner: 'author', transience: 'unknown' },
  'code.links': { outcome: 'failure', owner: 'author', transience: 'unknown' },
  'test.flaky': { outcome: 'failure', owner: 'test-owner', transience: 'intermittent' },
  'test.order': { outcome: 'failure', owner: 'test-owner', transience: 'intermittent' },
  'test.shared_state': { outcome: 'failure', owner: 'test-owner', transience: 'intermittent' },
  'test.time': { outcome: 'failure', owner: 'test-owner', transience: 'intermittent' },
  'test.async': { outcome: 'failure', owner: 'test-owner', transience: 'intermittent' },
  'test.resource': { outcome: 'failure', owner: 'test-owner', transience: 'intermittent' },
  'dep.resolve': { outcome: 'error', owner: 'author', transience: 'deterministic' },
  'dep.conflict': { outcome: 'failure', owner: 'author', transience: 'deterministic' },
  'dep.integrity': { outcome: 'error', owner: 'security', transience: 'unknown' },
  'net.dns': { outcome: 'error', owner: 'platform', transience: 'intermittent' },
  'net.connect': { outcome: 'error', owner: 'platform', transience: 'intermittent' },
  'net.tls': { outcome: 'error', owner: 'platform', transience: 'intermittent' },
  'net.reset': { outcome: 'error', owner: 'platform', transience: 'intermittent' },
  'net.timeout': { outcome: 'error', owner: 'platform', transience: 'intermittent' },
  'ext.rate_limit': { outcome: 'error', owner: 'platform', transience: 'intermittent' },
  'ext.service_5xx': { outcome: 'error', owner: 'vendor', transience: 'intermittent' },
  'auth.credential': { outcome: 'error', owner: 'platform', transience: 'deterministic' },
  'auth.permission': { outcome: 'error', owner: 'author', transience: 'deterministic' },
  'config.workflow': { outcome: 'failure', owner: 'author', transience: 'deterministic' },
  'config.env': { outcome: 'error', owner: 'author', transience: 'deterministic' },
  'infra.runner_lost': { outcome: 'error', owner: 'platform', transience: 'intermittent' },
  'infra.provision': { outcome: 'error', owner: 'platform', transience: 'intermittent' },
  'infra.image': { outcome: 'error', owner: 'platform', transience: 'deterministic' },
  'res.oom': { outcome: 'error', owner: 'platform', transience: 'deterministic' },
  'res.disk': { outcome: 'error', owner: 'platform', transience: 'unknown' },
  'res.timeout_job': { outcome: 'timeout', owner: 'platform', transience: 'unknown' },
  'res.timeout_step': { outcome: 'timeout', owner: 'platform', transience: 'unknown' },
  'res.concurrency': { outcome: 'error', owner: 'platform', transience: 'intermittent' },
  'cache.corrupt': { outcome: 'error', owner: 'platform', transience: 'deterministic' },
  'cache.stale': { outcome: 'error', owner: 'platform', transience: 'deterministic' },
  'artifact.missing': { outcome: 'error', owner: 'author', transience: 'unknown' },
  'vcs.checkout': { outcome: 'error', owner: 'platform', transience: 'intermittent' },
  'vcs.conflict': { outcome: 'failure', owner: 'author', transience: 'deterministic' },
  'deploy.apply': { outcome: 'failure', owner: 'author', transience: 'unknown' },
  'deploy.health': { outcome: 'failure', owner: 'service-owner', transience: 'unknown' },
  cascade: { outcome: 'skip', owner: 'nobody', transience: 'unknown' },
  'human.cancelled': { outcome: 'cancellation', owner: 'nobody', transience: 'unknown' },
  superseded: { outcome: 'cancellation', owner: 'nobody', transience: 'unknown' },
  'policy.blocked': { outcome: 'skip', owner: 'approver', transience: 'unknown' },
  unknown: { outcome: 'failure', owner: 'triage', transience: 'unknown' },
} as const satisfies Record<string, { outcome: Outcome; owner: Owner; transience: Transience }>
export type Category = keyof typeof categories

/** A range of lines that shows the failure. 1-based, inclusive; a line is ended by `\n` alone. */
export interface Excerpt {
  readonly start: number
  readonly end: number
  /** 0 to 1. */
  readonly score: number
  readonly why: string
  /** The lines themselves: redacted, without terminal codes, each cut at 2,000 characters. */
  readonly text: readonly string[]
}

/** What broke, where, why, and how sure. Published as JSON schema `mendline.diagnosis/1`. */
export interface Diagnosis {
  readonly schema: 'mendline.diagnosis/1'
  readonly log: { readonly ci: string; readonly lines: number; readonly bytes: number }
  /** Best first; at most 60 lines in all. */
  readonly excerpts: readonly Excerpt[]
  readonly category: Category
  /** Probability of `category`. */
  readonly confidence: number
  readonly abstained: boolean
  readonly categories: readonly { readonly category: Category; readonly p: number }[]
  readonly phase: Phase
  readonly outcome: Outcome
  readonly owner: Owner
  readonly transience: { readonly verdict: Transience; readonly p: number; readonly why: string }
  readonly fingerprint: { readonly exact: string; readonly family: string; readonly version: number }
  readonly tool?: string | undefined
  readonly exitCode?: number | undefined
  /** How the job ended in its CI system's own words; absent where it says nothing, as most do of success. */
  readonly ending?: 'passed' | 'failed' | 'stopped' | 'cancelled' | 'terminated' | undefined
  /** File and line in the repository that the first cause names. */
  readonly location?: { readonly file: string; readonly line: number; readonly column?: number | undefined } | undefined
  readonly tests?:
    | {
        /** The runners of tests that spoke: `junit`, `pytest`. */
        readonly frameworks?: readonly string[]
        readonly run?: number
        readonly failed?: number
        readonly skipped?: number
        /** Failed as somebody said they would. */
        readonly expectedFailures?: number
        /** Passed although somebody said they would fail. */
        readonly unexpectedPasses?: number
        /** Each once, at most 500. */
        readonly failing: readonly string[]
        readonly durationSeconds?: number
      }
    | undefined
  /** Seconds that the log itself asks to wait (`retry-after`). */
  readonly retryAfterSeconds?: number | undefined
  /** Signatures that hit, in the order of their list. */
  readonly signatures?: readonly { readonly id: string; readonly line: number; readonly count: number }[] | undefined
  /** The run in which the same job passed, when its log was read beside this one. */
  readonly comparedWith?: { readonly run: RunId; readonly number: number } | undefined
  /** One sentence for people. */
  readonly sentence: string
  /** Why Mendline thinks so: the patterns and observations, in words. */
  readonly evidence: readonly string[]
}
