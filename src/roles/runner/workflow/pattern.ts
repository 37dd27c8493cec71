/**
 * GitHub's filter patterns for branches, tags and paths: `*` any but a slash, `**` any, `?` and `+` repeat the
 * character before them, `[a-z]` one of a set, `\` quotes, a leading `!` excludes, and the last pattern that matches decides. A set of
 * states is walked over the name, so that no pattern can make it slow.
 */
export function matchesPatterns(patterns: readonly string[], name: string): boolean {
  let matched = false
  for (const pattern of patterns) {
    const negative = pattern.startsWith('!')
    if (matchesPattern(negative ? pattern.slice(1) : pattern, name)) matched = !negative
  }
  return matched
}

export function matchesPattern(pattern: string, name: string): boolean {
  const atoms = readPattern(pattern)
  let states = reach(atoms, new Set([0]))
  for (const character of name) {
    const next = new Set<number>()
    for (const state of states) {
      const atom = atoms[state]
      if (!atom?.takes(character)) continue
      next.add(state + 1)
      if (atom.repeats) next.add(state)
    }
    states = reach(atoms, next)
    if (states.size === 0) return false
  }
  return states.has(atoms.length)
}

interface Atom {
  readonly takes: (character: string) => boolean
  /** How far on one may go without taking a character: 1 when this atom is optional. */
  readonly jumps: readonly number[]
  readonly repeats: boolean
}

/** States that can be reached without taking a character. */
function reach(atoms: readonly Atom[], states: Set<number>): Set<number> {
  for (const state of states) for (const jump of atoms[state]?.jumps ?? []) states.add(state + jump)
  return states
}

function readPattern(pattern: string): Atom[] {
  const atoms: Atom[] = []
  const characters = [...pattern]
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? ''
    const last = atoms.at(-1)
    if (character === '*') {
      const everything = characters[at + 1] === '*'
      if (everything) at += 1
      const takes = everything ? () => true : (taken: string) => taken !== '/'
      // `**/x` also matches `x` itself, and `a/**/b` matches `a/b`: the stars go together with their slash.
      const folders = everything && characters[at + 1] === '/' && (atoms.length === 0 || characters[at - 2] === '/')
      if (folders) atoms.push({ takes: () => false, jumps: [1, 3], repeats: false })
      atoms.push({ takes, jumps: folders ? [] : [1], repeats: true })
    } else if (character === '?' && last) atoms[atoms.length - 1] = { ...last, jumps: [1] }
    else if (character === '+' && last) atoms[atoms.length - 1] = { ...last, repeats: true }
    else if (character === '[' && characters.indexOf(']', at + 1) > 0) {
      const end = characters.indexOf(']', at + 1)
      atoms.push(oneOf(characters.slice(at + 1, end)))
      at = end
    } else if (character === '\\' && at + 1 < characters.length) {
      at += 1
      atoms.push(literal(characters[at] ?? ''))
    } else atoms.push(literal(character))
  }
  return atoms
}

function literal(wanted: string): Atom {
  return { takes: (character) => character === wanted, jumps: [], repeats: false }
}

function oneOf(set: readonly string[]): Atom {
  const takes = (character: string) =>
    set.some((from, index) => {
      if (set[index + 1] === '-' && set[index + 2] !== undefined)
        return character >= from && character <= (set[index + 2] ?? '')
      return character === from
    })
  return { takes, jumps: [], repeats: false }
}
