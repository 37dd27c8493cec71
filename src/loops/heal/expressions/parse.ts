/** An expression, as far as it matters to what text it needs. */
export type Part =
  /** One of these. */
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  /** An assertion: it looks, but takes no text. */
  | { readonly kind: 'empty' }
  /** Any of many characters. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'row' | 'either'; readonly of: readonly Part[] }
  | { readonly kind: 'times'; readonly of: Part; readonly least: number; readonly most: number }

/** Of a longer class it is not worth knowing every character. */
const fewChars = 12
const unbounded = 1e9
/** What goes on behind the backslash: a character by its number, a property, a reference to a group. */
const longEscape = /^(?:u\{[\da-f]{1,6}\}|u[\da-f]{4}|x[\da-f]{2}|c[a-z]|p\{[\w=]{1,60}\}|k<\w{1,60}>|[1-9]\d{0,2})/i
const empty: Part = { kind: 'empty' }
const unknown: Part = { kind: 'unknown' }

/** Reads the source of an expression that JavaScript has taken already, so that nothing in it is wrong. */
export function parse(source: string): Part {
  let at = 0

  function either(): Part {
    const of = [row()]
    while (source[at] === '|') {
      at += 1
      of.push(row())
    }
    return of.length === 1 && of[0] !== undefined ? of[0] : { kind: 'either', of }
  }
  function row(): Part {
    const of: Part[] = []
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const next = repeated(one())
      const word = joined(of.at(-1), next)
      if (word === undefined) of.push(next)
      else of[of.length - 1] = word
    }
    return { kind: 'row', of }
  }
  function one(): Part {
    const char = source[at++] ?? ''
    if (char === '(') return group()
    if (char === '[') return chars()
    if (char === '\\') return escaped()
    if (char === '^' || char === '$') return empty
    return char === '.' ? unknown : { kind: 'texts', texts: [char] }
  }
  function group(): Part {
    const opening = /^\?(?:[:=!]|<[=!]|<\w+>|[ims-]{1,4}:)/.exec(source.slice(at, at + 80))?.[0] ?? ''
    at += opening.length
    const inside = either()
    at += 1
    return opening.endsWith('=') || opening.endsWith('!') ? empty : inside
  }
  /** After the backslash. */
  function escaped(): Part {
    const long = longEscape.exec(source.slice(at, at + 70))
    if (long !== null) {
      at += long[0].length
      return unknown
    }
    const char = source[at++] ?? ''
    if (char === 'b' || char === 'B') return empty
    if (char === 'd') return { kind: 'texts', texts: ['0'] }
    if (char === 't') return { kind: 'texts', texts: ['\t'] }
    // Other letters stand for classes or for control characters.
    return /\w/.test(char) ? unknown : { kind: 'texts', texts: [char] }
  }
  function chars(): Part {
    const end = classEnd()
    const inside = source.slice(at, end)
    at = end + 1
    // One digit stands for all.
    const plain = inside.replaceAll('\\d', '0').replace('0-9', '0')
    // What is left of it are ranges and classes.
    if (plain.startsWith('^') || /\\\w|.-./.test(plain)) return unknown
    const listed = [...plain.replace(/\\(.)/g, '$1')]
    return listed.length <= fewChars ? { kind: 'texts', texts: listed } : unknown
  }
  function classEnd(): number {
    let end = at
    while (end < source.length && source[end] !== ']') end += source[end] === '\\' ? 2 : 1
    return end
  }
  function repeated(of: Part): Part {
    const found = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(source.slice(at, at + 20))
    if (found === null) return of
    at += found[0].length
    const [sign, least, comma, most] = found
    if (least !== undefined)
      return { kind: 'times', of, least: Number(least), most: comma === '' ? Number(least) : Number(most || unbounded) }
    const isOptional = sign.startsWith('?')
    return { kind: 'times', of, least: sign.startsWith('+') ? 1 : 0, most: isOptional ? 1 : unbounded }
  }

  return either()
}

/** Letters in a row are a word: most of an expression is words. */
function joined(before: Part | undefined, next: Part): Part | undefined {
  if (before?.kind !== 'texts' || next.kind !== 'texts') return undefined
  const [start, ...others] = before.texts
  const [end, ...more] = next.texts
  return others.length > 0 || more.length > 0 ? undefined : { kind: 'texts', texts: [`${start}${end}`] }
}
