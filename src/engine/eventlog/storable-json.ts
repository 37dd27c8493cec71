import { storableText } from '../../base/text.ts'

/**
 * JSON that PostgreSQL can read, and take as `jsonb`. Text from outside may hold what JSON allows and `jsonb` refuses, the
 * zero character and halves of surrogate pairs; each becomes the replacement character, and the event is kept.
 */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value)
  return json.includes('\\u') && suspicious.test(json) ? JSON.stringify(clean(value)) : json
}

/** What `JSON.stringify` writes for those characters; harmless text that only looks like it is cleaned in vain. */
const suspicious = /\\u(?:0000|d[89a-f])/

function clean(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(clean)
  if (typeof value !== 'object' || value === null) return value
  if ('toJSON' in value && typeof value.toJSON === 'function') return clean(value.toJSON())
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storableText(key), clean(inner)]))
}
