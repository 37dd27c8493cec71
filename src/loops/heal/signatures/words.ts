/** Is the whole word so? `*` is any text, `?` any character, a backslash takes the next as it is. Linear but for its stars. */
export function matchesWildcard(pattern: string, word: string): boolean {
  let at = 0
  let from = 0
  let star = -1
  let starFrom = 0
  while (from < word.length) {
    const char = pattern.charAt(at)
    const plain = char === '\\' ? pattern.charAt(at + 1) : char
    if (char === '*') {
      star = at
      starFrom = from
      at += 1
    } else if (at < pattern.length && (char === '?' || plain === word.charAt(from))) {
      at += char === '\\' ? 2 : 1
      from += 1
    } else if (star !== -1) {
      // The last star takes one more character; earlier ones need not change.
      at = star + 1
      starFrom += 1
      from = starFrom
    } else return false
  }
  while (pattern.charAt(at) === '*') at += 1
  return at >= pattern.length
}

/** Letters added, dropped or changed, at most `edits` of them. */
export function isWithinEdits(one: string, other: string, edits: number): boolean {
  if (Math.abs(one.length - other.length) > edits || one.length > 100) return one === other
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return (row[other.length] ?? edits + 1) <= edits
}
