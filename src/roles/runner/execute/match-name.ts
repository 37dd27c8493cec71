/** `*`, `?` and `[…]` within one name. Two pointers and one step back: linear but for the last star. */
export function matchesName(pattern: string, name: string): boolean {
  const atoms = readAtoms(pattern)
  let at = 0
  let atom = 0
  let star = -1
  let starAt = 0
  while (at < name.length) {
    const next = atoms[atom]
    if (next === '*') {
      star = atom++
      starAt = at
    } else if (next !== undefined && takes(next, name[at] ?? '')) {
      atom += 1
      at += 1
    } else if (star >= 0) {
      atom = star + 1
      at = ++starAt
    } else return false
  }
  while (atoms[atom] === '*') atom += 1
  return atom === atoms.length
}

/** `*`, `?`, one character, or a set such as `[abc`. */
function readAtoms(pattern: string): string[] {
  const atoms: string[] = []
  for (let at = 0; at < pattern.length; at++) {
    const end = pattern[at] === '[' ? pattern.indexOf(']', at + 2) : -1
    if (end > 0) {
      atoms.push(pattern.slice(at, end))
      at = end
    } else if (pattern[at] !== '*' || atoms.at(-1) !== '*') atoms.push(pattern[at] ?? '')
  }
  return atoms
}

function takes(atom: string, character: string): boolean {
  if (atom === '?') return true
  if (atom.length < 2 || !atom.startsWith('[')) return atom === character
  const negative = atom[1] === '!' || atom[1] === '^'
  const set = atom.slice(negative ? 2 : 1)
  for (let at = 0; at < set.length; at++) {
    const range = set[at + 1] === '-' && set[at + 2] !== undefined
    const inside = range ? character >= (set[at] ?? '') && character <= (set[at + 2] ?? '') : character === set[at]
    if (inside) return !negative
    if (range) at += 2
  }
  return negative
}
