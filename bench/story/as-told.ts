import type { HealingView } from '../../src/contract/views.ts'

interface Told {
  readonly chapter: number
  readonly title: string
  readonly branch: string
  /** How its last case must stand. */
  readonly remedy: string
  readonly ends: (healing: HealingView) => boolean
  readonly as: string
}

const outcome = (wanted: HealingView['outcome']) => (healing: HealingView) => healing.outcome === wanted

/** What the story says of itself: how the last case of each chapter ends. */
const story: readonly Told[] = [
  {
    chapter: 1,
    title: 'flaky test',
    branch: 'walk-through-the-shop',
    remedy: 'rerun-failed',
    ends: outcome('mended'),
    as: 'mended',
  },
  {
    chapter: 2,
    title: 'compile error',
    branch: 'discounts',
    remedy: 'escalate',
    ends: (healing) => healing.outcome === 'told' && healing.diagnosis?.location != null && healing.run.attempt === 1,
    as: 'told, with file and line, not rerun',
  },
  {
    chapter: 3,
    title: 'service away',
    branch: 'spring-prices',
    remedy: 'rerun-failed',
    ends: outcome('mended'),
    as: 'mended',
  },
  {
    chapter: 4,
    title: 'memory',
    branch: 'print-poster',
    remedy: 'more-memory',
    ends: outcome('mended'),
    as: 'mended',
  },
  {
    chapter: 5,
    title: 'hang',
    branch: 'new-warehouse',
    remedy: 'stop-hang',
    ends: (healing) => healing.outcome === 'told' && healing.run.attempt === 1,
    as: 'stopped and told, not rerun',
  },
  {
    chapter: 6,
    title: 'publish',
    branch: 'main',
    remedy: 'rerun-failed',
    ends: ({ state, permit }) => state === 'asking' && (permit?.reasons ?? []).some(isSideEffect),
    as: 'asked of a person because of its side effect',
  },
]

export interface ChapterAnswer {
  readonly chapter: number
  readonly title: string
  readonly asTold: boolean
  readonly sentence: string
}

/** Each chapter against what was told; `healings` newest first, as the ledger gives them. */
export function chaptersAsTold(healings: readonly HealingView[]): readonly ChapterAnswer[] {
  return story.map(({ chapter, title, branch, remedy, ends, as }) => {
    const last = healings.find((healing) => healing.run.branch === branch)
    if (last === undefined) return { chapter, title, asTold: false, sentence: `nothing failed on ${branch}` }
    const asTold = last.plan?.remedy === remedy && ends(last)
    const found = `${last.plan?.remedy ?? 'nothing planned'}, ${last.outcome ?? last.state}`
    return { chapter, title, asTold, sentence: asTold ? as : `wanted ${remedy}, ${as}; found ${found}` }
  })
}

function isSideEffect({ code }: { readonly code: string }): boolean {
  return code === 'side-effect' || code === 'side-effect-unknown'
}
