/** Two texts are the same failure when at most this share of the longer one must be edited. */
const mayDiffer = 0.1
/** A failure is told by its beginning; comparing more costs its square. */
const compared = 600

/** Masked texts that a few letters tell apart: a word in another language, one more field, a name that no mask knows. */
export function areNear(one: string, other: string): boolean {
  const a = one.slice(0, compared)
  const b = other.slice(0, compared)
  if (a === b) return true
  const most = Math.floor(Math.max(a.length, b.length) * mayDiffer)
  if (most === 0 || Math.abs(a.length - b.length) > most) return false
  return sharesLetters(a, b, most) && isWithin(a, b, most)
}

/** Each edit changes the count of at most two letters, so different counts rule a pair out without comparing it. */
function sharesLetters(a: string, b: string, most: number): boolean {
  const counts = new Int16Array(64)
  for (let at = 0; at < a.length; at += 1) change(counts, a.charCodeAt(at) & 63, 1)
  for (let at = 0; at < b.length; at += 1) change(counts, b.charCodeAt(at) & 63, -1)
  let differing = 0
  for (const count of counts) differing += Math.abs(count)
  return differing <= 2 * most
}

function change(counts: Int16Array, at: number, by: number): void {
  counts[at] = (counts[at] ?? 0) + by
}

/** Edit distance at most `most`: only the diagonals that far from the middle are filled in. */
function isWithin(a: string, b: string, most: number): boolean {
  const far = most + 1
  let above = new Int32Array(b.length + 1).map((_, column) => Math.min(column, far))
  let row = new Int32Array(b.length + 1)
  for (let i = 1; i <= a.length; i += 1) {
    const from = Math.max(1, i - most)
    const to = Math.min(b.length, i + most)
    row.fill(far)
    row[0] = Math.min(i, far)
    let best = row[0] ?? far
    for (let j = from; j <= to; j += 1) {
      const changed = (above[j - 1] ?? far) + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1)
      const value = Math.min(changed, (above[j] ?? far) + 1, (row[j - 1] ?? far) + 1, far)
      row[j] = value
      if (value < best) best = value
    }
    if (best > most) return false
    ;[above, row] = [row, above]
  }
  return (above[b.length] ?? far) <= most
}

/** How often each pair of neighbouring letters occurs, in a few buckets: what rules most pairs of texts out at once. */
export type Shape = Uint8Array

const buckets = 256

export function shapeOf(text: string): Shape {
  const counts = new Uint8Array(buckets)
  for (let at = 1; at < Math.min(text.length, compared); at += 1) {
    const bucket = (text.charCodeAt(at - 1) * 31 + text.charCodeAt(at) * 7) & (buckets - 1)
    const count = counts[bucket] ?? 0
    if (count < 255) counts[bucket] = count + 1
  }
  return counts
}

/** False only if the texts of these shapes cannot be near: an edit takes at most two pairs away and brings two. */
export function mayBeNear(one: Shape, other: Shape, longest: number): boolean {
  const most = 4 * Math.floor(Math.min(longest, compared) * mayDiffer)
  let differing = 0
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    differing += Math.abs((one[bucket] ?? 0) - (other[bucket] ?? 0))
    if (differing > most) return false
  }
  return true
}
