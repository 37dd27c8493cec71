/**
 * Text from outside may carry characters that move the cursor, hide, or turn the reading direction around. They are
 * shown instead of obeyed: a control as its picture, a direction mark by its number.
 */
const unruly = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g

export function harmless(text: string): string {
  return text.replace(unruly, picture)
}

function picture(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
}

/** Reads JSON so that no text in it can misbehave on a screen. */
export function parseHarmlessly(json: string): unknown {
  return JSON.parse(json, (_key, value) => {
    if (typeof value === 'string') return harmless(value)
    return isObject(value) && Object.keys(value).some(isUnruly) ? named(value) : value
  })
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isUnruly = (name: string) => harmless(name) !== name
const named = (value: object) => Object.fromEntries(Object.entries(value).map(([name, each]) => [harmless(name), each]))

/** A link from outside, if it is one a person may safely follow. */
export function safeLink(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null
  return ['https:', 'http:'].includes(new URL(url).protocol) ? url : null
}
