/**
 * CircleCI gives a step's output, and Drone too, as a JSON array of pieces: `[{"message":"…","time":…}, …]`, mostly on
 * one line. The text inside is the log. Read as a stream: such a file may be large and its last piece cut short.
 */
const opening = /^\ufeff?\s*\[\s*\{\s*"(?:message|time|type|truncated|truncation_message|pos|proc|out)"\s*:/

export function isStepOutput(head: Uint8Array): boolean {
  return opening.test(Buffer.from(head.subarray(0, 200)).toString('utf8'))
}

/** The names under which the text stands. */
const textKeys: ReadonlySet<string> = new Set(['message', 'out'])

export async function* stepOutput(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const decoder = new TextDecoder()
  const reader = createPieceReader()
  for await (const chunk of bytes) {
    const text = reader.push(decoder.decode(chunk, { stream: true }))
    if (text !== '') yield Buffer.from(text)
  }
  const last = reader.push(decoder.decode())
  if (last !== '') yield Buffer.from(last)
}

/** A JSON reader that knows only where strings begin and end, and which of them is a key. */
function createPieceReader() {
  const signs = /["{,:]/g
  let inString = false
  let key = ''
  let isKey = true
  /** The string so far, as it stands in the file; handed on in whole escapes. */
  let raw = ''

  function wanted(): boolean {
    return !isKey && textKeys.has(key)
  }
  /** Hands on what of `raw` holds no half escape. */
  function flush(all: boolean): string {
    const whole = all ? raw : raw.slice(0, wholeEscapes(raw))
    raw = raw.slice(whole.length)
    return wanted() ? unescaped(whole) : ''
  }

  return {
    push(text: string): string {
      let out = ''
      for (let at = 0; at < text.length; ) {
        if (!inString) {
          signs.lastIndex = at
          const sign = signs.exec(text)?.[0]
          if (sign === undefined) return out
          at = signs.lastIndex
          if (sign === '"') inString = true
          else isKey = sign !== ':'
          continue
        }
        const end = endOfString(raw, text, at)
        raw += text.slice(at, end === -1 ? text.length : end)
        if (end === -1) return isKey ? out : out + flush(false)
        if (isKey) key = raw
        else out += flush(true)
        raw = ''
        inString = false
        at = end + 1
      }
      return out
    },
  }
}

/** How far the text goes before an escape that is cut short, or the first half of a pair. */
function wholeEscapes(raw: string): number {
  for (let at = raw.indexOf('\\'); at !== -1; ) {
    const pair = /^\\u[dD][89abAB]/.test(raw.slice(at, at + 5))
    const length = raw[at + 1] === 'u' ? (pair ? 12 : 6) : 2
    if (at + length > raw.length) return at
    at = raw.indexOf('\\', at + (pair ? 6 : length))
  }
  return raw.length
}

/** The next quotation mark that no backslash guards; one may stand at the end of what was read before. */
function endOfString(before: string, text: string, from: number): number {
  let escaped = /(?:^|[^\\])(?:\\\\)*\\$/.test(before)
  for (let at = from; at < text.length; at += 1) {
    if (escaped) escaped = false
    else if (text[at] === '\\') escaped = true
    else if (text[at] === '"') return at
  }
  return -1
}

function unescaped(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string
  } catch {
    return text
  }
}
