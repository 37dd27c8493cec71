import { plainText } from '../../base/text.ts'

/** What leaves by the API is text for people: whatever a terminal or a browser would obey is gone or made visible. */
export function plainDeep(value: unknown): unknown {
  if (typeof value === 'string') return obeyed.test(value) ? plainText(value, Number.POSITIVE_INFINITY) : value
  if (Array.isArray(value)) return value.map(plainDeep)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [plainDeep(name), plainDeep(each)]))
}

/** Nearly no text holds any of these: looking is cheaper than rewriting. */
const obeyed = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/
