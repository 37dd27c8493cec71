import type { Columns } from './paragraphs.ts'

/** A line this loud complains. */
export const loud = 0.3

/** How a line compares with the loudest ones of its log. */
export function ranks(cues: Float32Array, text: Float32Array, column: Columns): void {
  const rank = column('cue-rank')
  const ofBest = column('cue-of-best')
  const textOfBest = column('text-of-best')
  const share = column('cue-share-before')
  const rows = cues.length
  const sorted = Float32Array.from(cues).sort()
  const best = sorted[rows - 1] ?? 0
  const textBest = Float32Array.from(text).sort()[rows - 1] ?? 0
  let sum = 0
  for (const cue of cues) sum += cue >= loud ? cue : 0
  let before = 0
  for (let row = 0; row < rows; row += 1) {
    const cue = cues[row] ?? 0
    rank[row] = Math.log2(1 + rows - upperBound(sorted, cue))
    ofBest[row] = best === 0 ? 0 : cue / best
    textOfBest[row] = (text[row] ?? 0) - textBest
    share[row] = sum === 0 ? 0 : before / sum
    before += cue >= loud ? cue : 0
  }
}

function upperBound(sorted: Float32Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low
}
