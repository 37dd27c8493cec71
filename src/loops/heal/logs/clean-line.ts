/** One raw line of a log as a person sees it, and what its prefix says. */
export interface CleanLine {
  readonly text: string
  /** `text` with the vendor's marker still on it. */
  readonly marked: string
  readonly marker?: 'error' | 'warning' | undefined
  /** Signs were taken out of its middle: what stands together here did not in the log. */
  readonly isPieced?: boolean
}

/**
 * GitHub, GitLab (with stream letters), Azure, Jenkins' timestamper, Taskcluster (`[task …]`, `[vcs …]`): ISO time with
 * zone, then a blank.
 */
const timestamp =
  /^(?:\[(?:[a-z][a-z-]{0,19} ?)?)?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\.?\d{0,9})Z\]?(?: [0-9a-f]{2}[OE][ +]| |$)/
/** Travis writes them before the words of the line, sometimes several. */
const travisMark = /travis_(?:fold|time):(?:start|end):[A-Za-z0-9_.,:=-]{1,300}\r?/g
const gitlabSection = /section_(?:start|end):\d{1,12}:[A-Za-z0-9_.-]{1,200}(?:\[[^\]\n]{0,200}\])?/g
const vendorMarker =
  /^(?:##\[(error|warning)\]|::(error|warning)(?: [^\n]{0,2000}?)?::|##vso\[task\.logissue type=(error|warning)[^\]\n]{0,500}\])/

/**
 * The time of day before what a program said: Jenkins' timestamper and AppVeyor (`10:11:12  `, `[10:11:12] `), TeamCity
 * (`[10:11:12]E:\t [Step 1/2] `), mozharness and plain Python logging (`10:11:12    ERROR - `).
 */
const timeOfDay =
  /^(?:\d\d:\d\d:\d\d(?:[.,]\d{1,6})? +(?:DEBUG|INFO|WARNING|ERROR|CRITICAL|FATAL) - {1,2}|\d\d:\d\d:\d\d {1,2}(?=\S)|\[\d\d:\d\d:\d\d\] ?(?:[A-Za-z ]?:\s{0,4}(?:\[Step \d{1,3}\/\d{1,3}\] )?)?)/

export function cleanLine(raw: string): CleanLine {
  const bare = bareLine(raw)
  const marked = shownLine(bare)
  const isPieced = marked.length < bare.length - 1 && !bare.includes(marked)
  const first = marked.charCodeAt(0)
  const found = first === hash || first === colon ? vendorMarker.exec(marked) : null
  if (found === null) return { text: withoutTimeOfDay(marked), marked, isPieced }
  const marker = (found[1] ?? found[2] ?? found[3]) === 'error' ? 'error' : 'warning'
  return { text: marked.slice(found[0].length), marked, marker, isPieced }
}

/** Milliseconds since 1970 that the line's prefix states. */
export function timeOf(raw: string): number | undefined {
  const found = timestamp.exec(withoutMark(raw.slice(0, 80)))
  if (found?.[1] === undefined) return undefined
  const ms = Date.parse(`${found[1].replace(' ', 'T').slice(0, 23)}Z`)
  return Number.isNaN(ms) ? undefined : ms
}

export function withoutTimeOfDay(text: string): string {
  return mayBeginWithTime(text) ? text.replace(timeOfDay, '') : text
}

/** Without byte order mark and timestamp; the vendor's marks still stand. */
export function bareLine(raw: string): string {
  const text = withoutMark(raw)
  return mayBeginWithTime(text) ? text.replace(timestamp, '') : text
}

/** Without overwritten progress and control characters. */
function shownLine(bare: string): string {
  const unmarked = withoutMarks(bare)
  const ended = unmarked.charCodeAt(unmarked.length - 1) === carriageReturn ? unmarked.slice(0, -1) : unmarked
  return control.test(ended) ? lastWritten(ended).replace(controls, '') : ended
}

/** Every line comes by here, and hardly one holds any of these: to ask first is many times faster. */
function withoutMarks(bare: string): string {
  return mark.test(bare) ? bare.replace(gitlabSection, '').replace(travisMark, '') : bare
}

const mark = /section_|travis_/

const control = /[\x00-\x08\x0b-\x1f\x7f]/
const controls = /[\x00-\x08\x0b-\x1f\x7f]/g
const carriageReturn = 13
const hash = 35
const colon = 58
const bracket = 91

/** A digit, or one or a small letter in brackets. */
function mayBeginWithTime(text: string): boolean {
  const first = text.charCodeAt(0)
  if (first !== bracket) return isDigit(first)
  const second = text.charCodeAt(1)
  return isDigit(second) || (second >= 97 && second <= 122)
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** A log may be several files joined, so a byte order mark can begin any line. */
function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text
}

/** A carriage return goes back to the line's start: what was written last is what stands there. */
function lastWritten(text: string): string {
  let end = text.length
  for (let at = text.lastIndexOf('\r'); at !== -1; at = at === 0 ? -1 : text.lastIndexOf('\r', at - 1)) {
    const segment = text.slice(at + 1, end)
    if (segment.trim() !== '') return segment
    end = at
  }
  const first = text.slice(0, end)
  return first.trim() === '' && end < text.length ? '' : first
}
