import type { Stitch } from '../../../src/contract/views.ts'
import type { Meaning } from '../theme/tokens.ts'
import { list } from './words.ts'

/** How a stitch is drawn in a box of 12 by 12, what it means, and how it is counted in words. */
export const stitches: Record<Stitch, { readonly meaning: Meaning; readonly path: string; readonly words: string }> = {
  pass: { meaning: 'healthy', path: 'M1.5 6h9', words: 'passed' },
  fail: { meaning: 'failing', path: 'M3.5 3.5l5 5M8.5 3.5l-5 5', words: 'failed' },
  mended: { meaning: 'mending', path: 'M1.5 6h9M6 1.75v8.5', words: 'mended' },
  unknown: { meaning: 'unknown', path: 'M6 3.25a2.75 2.75 0 1 0 0 5.5a2.75 2.75 0 1 0 0-5.5', words: 'unknown' },
  held: { meaning: 'held', path: 'M6 1.5v9', words: 'held' },
}

/** The history in one sentence, for those who do not see the stitches. */
export function inWords(seam: readonly Stitch[]): string {
  if (seam.length === 0) return 'No history yet'
  const counts = (Object.keys(stitches) as Stitch[])
    .map((stitch) => [seam.filter((each) => each === stitch).length, stitches[stitch].words] as const)
    .filter(([n]) => n > 0)
    .map(([n, words]) => `${n} ${words}`)
  const last = seam.at(-1)
  return `Last ${seam.length}: ${list(counts)}; newest ${last ? stitches[last].words : 'unknown'}`
}

/** The mark of the tab: a row of three whose last stitch is the state of the whole. */
export function favicon(state: Stitch, colours: Record<Stitch, string>): string {
  const thread = (stitch: Stitch, at: number) =>
    `<path transform="translate(${at} 10)" d="${stitches[stitch].path}" stroke="${colours[stitch]}"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g fill="none" stroke-width="3" stroke-linecap="round">${thread('pass', -1)}${thread('pass', 10)}${thread(state, 21)}</g></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
