/** How well ranges agree with what a person marked. Lines are 1-based and inclusive. */
export interface Agreement {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  /** Any marked line is shown. */
  readonly overlaps: boolean
  /** The first range starts within what was marked. */
  readonly startsInside: boolean
}

interface Span {
  readonly start: number
  readonly end: number
}

/** Lines of `neutral` count neither for nor against. */
export function agreement(shown: readonly Span[], marked: readonly Span[], neutral: readonly Span[] = []): Agreement {
  const truth = linesOf(marked)
  const skipped = linesOf(neutral)
  const lines = [...linesOf(shown)].filter((line) => truth.has(line) || !skipped.has(line))
  const hit = lines.filter((line) => truth.has(line)).length
  const precision = lines.length === 0 ? 0 : hit / lines.length
  const recall = truth.size === 0 ? 0 : hit / truth.size
  const first = shown[0]
  return {
    precision,
    recall,
    f1: hit === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    overlaps: hit > 0,
    startsInside: first !== undefined && truth.has(first.start),
  }
}

function linesOf(spans: readonly Span[]): ReadonlySet<number> {
  const lines = new Set<number>()
  for (const { start, end } of spans) for (let line = start; line <= end; line += 1) lines.add(line)
  return lines
}
