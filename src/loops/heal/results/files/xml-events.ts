/** What stands in an XML file, one after the other. */
export type XmlEvent =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }

/** Longer text is cut; a longer tag is skipped. */
const maxToken = 256 * 1024
const maxAttributes = 100

/**
 * Reads XML as it comes, lenient and with bounded memory: test reports hold control characters, are cut short and come
 * from strangers. Entities that a document defines itself are never expanded, nothing is ever fetched.
 */
export function createXmlReader(onEvent: (event: XmlEvent) => void) {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  /** What ends the thing that is being skipped. */
  let skipping: string | undefined

  function read(isLast: boolean): void {
    let at = 0
    for (;;) {
      if (skipping !== undefined) {
        const end = rest.indexOf(skipping, at)
        if (end === -1) {
          at = Math.max(at, rest.length - skipping.length + 1)
          break
        }
        at = end + skipping.length
        skipping = undefined
      }
      const open = rest.indexOf('<', at)
      if (open === -1) {
        if (isLast || rest.length - at > maxToken) {
          text(rest.slice(at))
          at = rest.length
        }
        break
      }
      if (open > at) text(rest.slice(at, open))
      at = open
      if (rest.length - at < 9 && !isLast) break
      if (rest.startsWith('<![CDATA[', at)) {
        const end = rest.indexOf(']]>', at)
        if (end === -1 && rest.length - at <= maxToken && !isLast) break
        onEvent({ kind: 'text', text: rest.slice(at + 9, end === -1 ? at + maxToken : end) })
        if (end === -1) skipping = ']]>'
        at = end === -1 ? rest.length : end + 3
        continue
      }
      const skipped = rest.startsWith('<!--', at)
        ? '-->'
        : rest.startsWith('<?', at)
          ? '?>'
          : rest.startsWith('<!', at)
            ? '>'
            : undefined
      if (skipped !== undefined) {
        skipping = skipped
        at += 2
        continue
      }
      const end = endOfTag(rest, at)
      if (end === -1) {
        if (rest.length - at <= maxToken && !isLast) break
        skipping = '>'
        at += 1
        continue
      }
      tag(rest.slice(at + 1, end))
      at = end + 1
    }
    rest = rest.slice(at)
  }
  function text(raw: string): void {
    if (raw.trim() !== '') onEvent({ kind: 'text', text: decoded(raw.slice(0, maxToken)) })
  }
  function tag(inner: string): void {
    if (inner.startsWith('/')) {
      onEvent({ kind: 'close', name: localName(inner.slice(1).trim()) })
      return
    }
    const name = /^[^\s/>]{1,200}/.exec(inner)?.[0]
    if (name === undefined) return
    onEvent({ kind: 'open', name: localName(name), attributes: attributesOf(inner.slice(name.length)) })
    if (inner.endsWith('/')) onEvent({ kind: 'close', name: localName(name) })
  }

  return {
    push(chunk: Uint8Array): void {
      rest += decoder.decode(chunk, { stream: true })
      read(false)
    },
    end(): void {
      rest += decoder.decode()
      read(true)
    },
  }
}

/** A `>` inside of an attribute's value ends no tag. */
function endOfTag(text: string, from: number): number {
  let quote: string | undefined
  for (let at = from + 1; at < text.length && at - from <= maxToken; at += 1) {
    const char = text[at]
    if (quote !== undefined) quote = char === quote ? undefined : quote
    else if (char === '"' || char === "'") quote = char
    else if (char === '>') return at
  }
  return -1
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>()
  for (const [, name, double, single] of text.matchAll(/([\w:.-]{1,100})\s{0,10}=\s{0,10}(?:"([^"]*)"|'([^']*)')/g)) {
    if (attributes.size >= maxAttributes) break
    if (name !== undefined) attributes.set(localName(name), decoded(double ?? single ?? ''))
  }
  return attributes
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}
