/** One raw line of a log as a person sees it, and what its prefix says. */
export interface CleanLine {
  readonly text: string
  /** `text` with the vendor's marker still on it. */
  readonly marked: string
  readonly marker?: 'error' | 'warning' | undefined
}

/** Longer lines are matched and kept as their head and their tail. */
const head = 6_000
const tail = 2_000

/** GitHub, GitLab (with stream letters), Azure, Jenkins' timestamper, Taskcluster: ISO time with zone, then a blank. */
const timestamp =
  /^(?:\[(?:task ?|taskcluster )?)?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\.?\d{0,9})Z\]?(?: [0-9a-f]{2}[OE][ +]| |$)/
const gitlabSection = /section_(?:start|end):\d{1,12}:[A-Za-z0-9_.-]{1,200}(?:\[[^\]\n]{0,200}\])?/g
const vendorMarker =
  /^(?:##\[(error|warning)\]|::(error|warning)(?: [^\n]{0,2000}?)?::|##vso\[task\.logissue type=(error|warning)[^\]\n]{0,500}\])/

export function cleanLine(raw: string): CleanLine {
  const marked = shownLine(raw)
  const found = vendorMarker.exec(marked)
  if (found === null) return { text: marked, marked }
  const marker = (found[1] ?? found[2] ?? found[3]) === 'error' ? 'error' : 'warning'
  return { text: marked.slice(found[0].length), marked, marker }
}

/** Milliseconds since 1970 that the line's prefix states. */
export function timeOf(raw: string): number | undefined {
  const found = timestamp.exec(withoutMark(raw.slice(0, 80)))
  if (found?.[1] === undefined) return undefined
  const ms = Date.parse(`${found[1].replace(' ', 'T').slice(0, 23)}Z`)
  return Number.isNaN(ms) ? undefined : ms
}

/** Decoded, bounded, without timestamp, overwritten progress and control characters. */
function shownLine(raw: string): string {
  const bounded = raw.length > head + tail ? `${raw.slice(0, head)} … ${raw.slice(-tail)}` : raw
  const decoded = /[\x80-\xff]/.test(bounded) ? decode(bounded) : bounded
  const text = lastWritten(withoutMark(decoded).replace(timestamp, '').replace(gitlabSection, ''))
  return /[\x00-\x08\x0b-\x1f\x7f]/.test(text) ? text.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '') : text
}

function decode(latin1: string): string {
  // "…" of a cut line is the one character that is not a byte.
  return latin1
    .split('…')
    .map((part) => Buffer.from(part, 'latin1').toString('utf8'))
    .join('…')
}

/** A file may be several files joined, so the byte order mark can begin any line; raw it is three characters. */
function withoutMark(text: string): string {
  if (text.startsWith('\ufeff')) return text.slice(1)
  return text.startsWith('\u00ef\u00bb\u00bf') ? text.slice(3) : text
}

/** A carriage return goes back to the line's start: what was written last is what stands there. */
function lastWritten(text: string): string {
  if (!text.includes('\r')) return text
  const segments = text.split('\r')
  for (let index = segments.length - 1; index >= 0; index -= 1) {
    const segment = segments[index]
    if (segment !== undefined && segment.trim() !== '') return segment
  }
  return ''
}
