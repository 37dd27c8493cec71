/** What Mendline can do about a failure. */
export const remedyKinds = [
  'rerun-failed',
  'rerun-clean',
  'more-memory',
  'more-time',
  'stop-hang',
  'escalate',
  'do-nothing',
] as const
export type RemedyKind = (typeof remedyKinds)[number]

/**
 * How freely a remedy may act in a repository. `observe`: only write down what would be done. `suggest`: tell people.
 * `ask`: prepare it and wait for a yes. `auto`: do it.
 */
export const modes = ['observe', 'suggest', 'ask', 'auto'] as const
export type Mode = (typeof modes)[number]

/** A remedy with its dose, ready to be permitted. A plain value: the same facts give the same plan. */
export type Plan =
  | { readonly remedy: 'rerun-failed'; readonly waitMs: number; readonly why: string }
  | { readonly remedy: 'rerun-clean'; readonly waitMs: number; readonly why: string }
  | { readonly remedy: 'more-memory'; readonly memoryBytes: number; readonly fromBytes: number; readonly why: string }
  | { readonly remedy: 'more-time'; readonly timeoutMs: number; readonly fromMs: number; readonly why: string }
  | { readonly remedy: 'stop-hang'; readonly jobs: readonly string[]; readonly why: string }
  | { readonly remedy: 'escalate'; readonly why: string; readonly severity: 'low' | 'high' }
  | { readonly remedy: 'do-nothing'; readonly why: string }
