/** Lines pointed at by an address: `#L12` or `#L12-L20`. */
export interface Pointed {
  readonly first: number
  readonly last: number
}

export function pointedAt(hash: string): Pointed | null {
  const found = /^#L(\d{1,9})(?:-L(\d{1,9}))?$/.exec(hash)
  if (found === null) return null
  const one = Number(found[1])
  const other = Number(found[2] ?? found[1])
  return one < 1 || other < 1 ? null : { first: Math.min(one, other), last: Math.max(one, other) }
}

export function hashOf({ first, last }: Pointed): string {
  return first === last ? `#L${first}` : `#L${first}-L${last}`
}

/** A click points at one line; with Shift it draws out the range from where it was. */
export function pointing(before: Pointed | null, line: number, extend: boolean): Pointed {
  if (!extend || before === null) return { first: line, last: line }
  return { first: Math.min(before.first, line), last: Math.max(before.last, line) }
}
