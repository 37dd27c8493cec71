/** Text from outside, made harmless before it reaches a terminal, a browser or a JSON answer. */

/**
 * Terminal codes: Jenkins' hidden notes, CSI, OSC and other strings, two-byte escapes. Every branch is bounded by
 * disjoint classes, so that a hostile line costs linear time.
 */
const terminalCodes =
  /\x1b\[8mha:[^\x1b\n]*\x1b\[0m|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?/g

/** Everything a terminal would obey instead of show, except tab and newline. */
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g

/** Characters that reorder or hide the text around them (Trojan Source): shown, not obeyed. */
const reordering = /[\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g

/** Text as a person should see it: no terminal codes, no controls, reordering made visible, at most `max` characters. */
export function plainText(text: string, max = 2_000): string {
  // Cut generously first: what is thrown away is never worth scanning.
  const bounded = text.length > max * 4 + 1_000 ? text.slice(0, max * 4 + 1_000) : text
  const shown = bounded
    .replace(terminalCodes, '')
    .replace(controls, '')
    .replace(reordering, (char) => `<U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`)
    .toWellFormed()
  return cut(shown, max)
}

/** The same on one line: runs of white space become one blank. */
export function plainLine(text: string, max = 200): string {
  return cut(
    plainText(text, max * 2)
      .replace(/\s+/g, ' ')
      .trim(),
    max,
  )
}

function cut(text: string, max: number): string {
  if (text.length <= max) return text
  // Never in the middle of a surrogate pair.
  const end = /[\ud800-\udbff]/.test(text.charAt(max - 2)) ? max - 2 : max - 1
  return `${text.slice(0, end)}…`
}

/** Text that PostgreSQL takes: without the zero character and halves of surrogate pairs. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd')
}
