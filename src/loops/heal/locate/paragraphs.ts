import type { LogLines } from './log-lines.ts'

/** The columns by name that are to be filled. */
export type Columns = (name: string) => Float32Array

/** Paragraphs are parted by blank lines and by jumps. */
export function paragraphs(
  { looks, numbers, texts }: LogLines,
  cues: Float32Array,
  text: Float32Array,
  column: Columns,
): void {
  const length = column('paragraph')
  const inside = column('in-paragraph')
  const left = column('to-paragraph-end')
  const cue = column('paragraph-cue')
  const said = column('paragraph-text')
  const first = column('paragraph-first-cue')
  for (let start = 0; start < texts.length; ) {
    let end = start
    const blank = looks[start]?.blank === true
    while (
      end + 1 < texts.length &&
      (looks[end + 1]?.blank === true) === blank &&
      numbers[end + 1] === (numbers[end] ?? 0) + 1
    )
      end += 1
    let best = 0
    let most = -9
    for (let row = start; row <= end; row += 1) {
      best = Math.max(best, cues[row] ?? 0)
      most = Math.max(most, text[row] ?? 0)
    }
    for (let row = start; row <= end; row += 1) {
      length[row] = end - start + 1
      inside[row] = row - start
      left[row] = end - row
      cue[row] = best
      said[row] = most
      first[row] = cues[start] ?? 0
    }
    start = end + 1
  }
}

/** As far away as counts. */
export const furthest = 400

/** The nearest line above that is less indented: what an indented line belongs to. */
export function outdents({ looks }: LogLines, cues: Float32Array, distance: Float32Array, cue: Float32Array): void {
  const stack: number[] = []
  for (let row = 0; row < looks.length; row += 1) {
    const indent = looks[row]?.indent ?? 0
    if (looks[row]?.blank !== true) {
      while (stack.length > 0 && (looks[stack.at(-1) ?? 0]?.indent ?? 0) >= indent) stack.pop()
    }
    const parent = stack.at(-1)
    distance[row] = parent === undefined ? furthest : Math.min(furthest, row - parent)
    cue[row] = parent === undefined ? 0 : (cues[parent] ?? 0)
    if (looks[row]?.blank !== true) stack.push(row)
    if (stack.length > 200) stack.shift()
  }
}
