import { createLiteralGate } from './literal-gate.ts'
import { keyBegin, keyEnd, keyMarks, keyOnOneLine, longestKey } from './private-keys.ts'
import { secretKinds, secretsInUrls } from './secrets.ts'

/** Masks secrets in a stream of text; give it every chunk in order and write what it returns. Keeps every newline. */
export interface Redactor {
  push(text: string): string
  /** The rest. The redactor is done afterwards. */
  end(): string
}

const mask = '***'
/** Stands in a line that tells a value to be masked from there on. */
export const maskMark = 'add-mask'
/** An unfinished line longer than this is masked and passed on in parts. */
const maxHeld = 256 * 1024
const overlap = 8 * 1024

export function createRedactor(): Redactor {
  const line = createLineRedactor()
  let held = ''
  return {
    push(text) {
      const all = held + text
      const end = all.lastIndexOf('\n') + 1
      held = all.slice(end)
      const whole = redactWhole(all.slice(0, end), line)
      if (held.length <= maxHeld) return whole
      const cut = cutPlace(held)
      const part = redactWhole(held.slice(0, cut), line)
      held = held.slice(cut)
      return whole + part
    },
    end() {
      const rest = redactWhole(held, line)
      held = ''
      return rest
    },
  }
}

export function redactText(text: string): string {
  const redactor = createRedactor()
  return redactor.push(text) + redactor.end()
}

/** The same for lines already cut apart; they follow each other in the log. */
export function redactLines(
  lines: readonly string[],
  { suspected = () => true, masks = [] }: LinesRedaction = {},
): readonly string[] {
  const line = createLineRedactor()
  for (const told of masks) line.redact(told)
  return lines.map((text, index) =>
    line.alert() || suspected(index) || text.includes('@') ? line.redact(withoutSecretsInUrls(text)) : text,
  )
}

export interface LinesRedaction {
  /** Of lines of which it is known that they hold none of `secretLiterals`, nobody need look again. */
  readonly suspected?: (index: number) => boolean
  /** Lines from elsewhere in the log with `maskMark`. */
  readonly masks?: readonly string[]
}

/** Where no token can be cut in two: at the last blank of the part that may still grow. */
function cutPlace(held: string): number {
  const from = held.length - overlap
  const blank = held.lastIndexOf(' ', from)
  return blank > from - overlap ? blank : from
}

/** Only lines with a telling word are looked at, unless what came before asks for every line. */
function redactWhole(given: string, line: LineRedactor): string {
  const text = withoutSecretsInUrls(given)
  const bytes = bytesOf(text)
  let out = ''
  let done = 0
  while (done < text.length) {
    const at = line.alert() ? done : gate.next(bytes, done)
    if (at === -1) break
    const start = Math.max(done, at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1)
    const end = lineEnd(text, at)
    out += text.slice(done, start) + line.redact(text.slice(start, end)) + text.slice(end, end + 1)
    done = end + 1
  }
  return done === 0 ? text : out + text.slice(done)
}

/** Used again and again: what is looked through in it is never kept. */
const memory = Buffer.allocUnsafeSlow(128 * 1024)

function bytesOf(text: string): Buffer {
  if (text.length > memory.length) return Buffer.from(narrow(text), 'latin1')
  return memory.subarray(0, memory.write(narrow(text), 'latin1'))
}

/** One byte for each character, so that places are the same; a wide one must not come out as a letter before a word. */
function narrow(text: string): string {
  return wide.test(text) ? text.replace(allWide, '\x80') : text
}

const wide = /[^\x00-\xff]/
const allWide = /[^\x00-\xff]/g

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at)
  return newline === -1 ? text.length : newline
}

/** An address with a secret holds an at sign; addresses are on many lines, and at signs on few. */
function withoutSecretsInUrls(text: string): string {
  let out = ''
  let done = 0
  for (let at = text.indexOf('@'); at !== -1; ) {
    const start = text.lastIndexOf('\n', at) + 1
    const end = lineEnd(text, at)
    const line = text.slice(start, end)
    if (line.includes('://')) {
      out += text.slice(done, start) + secretsInUrls.reduce((left, secret) => left.replace(secret, `$1${mask}`), line)
      done = end
    }
    at = text.indexOf('@', end)
  }
  return done === 0 ? text : out + text.slice(done)
}

interface LineRedactor {
  redact(line: string): string
  /** Must it see every line: inside a key, or with values to look for? */
  alert(): boolean
}

const maxLearned = 200

function createLineRedactor(): LineRedactor {
  let keyLines = 0
  let strange = 0
  const learned = new Set<string>()

  function insideKey(line: string): string {
    keyLines -= 1
    const end = keyEnd.exec(line)
    if (end !== null) {
      keyLines = 0
      return mask + withoutTokens(line.slice(end.index + end[0].length))
    }
    strange = isKeyBody(line) ? 0 : strange + 1
    // Two lines that cannot belong to a key: it was cut short, or others write between its lines.
    if (strange < certainlyOther) return mask
    return isKeyBody(line) ? mask : withoutTokens(withoutKeys(line))
  }
  function withoutKeys(line: string): string {
    if (!keyMarks.some((mark) => line.includes(mark))) return line
    const begin = line.lastIndexOf('BEGIN ')
    const rest = begin === -1 ? line : line.slice(Math.max(0, begin - 5))
    if (keyBegin.test(rest) && !keyEnd.test(rest)) {
      keyLines = longestKey
      strange = 0
    }
    return line.replace(keyOnOneLine, (_, begin: string, end: string | undefined) => `${begin}${mask}${end ?? ''}`)
  }
  function learn(line: string): void {
    const value = /(?:::add-mask::|##\[add-mask\])(.{1,2000})$/.exec(line)?.[1]?.trim()
    if (value !== undefined && value.length >= 3 && learned.size < maxLearned) learned.add(value)
  }

  return {
    alert: () => keyLines > 0 || learned.size > 0,
    redact(line) {
      if (keyLines > 0) return insideKey(line)
      if (line.includes(maskMark)) learn(line)
      let text = line
      for (const value of learned) if (text.includes(value)) text = text.replaceAll(value, mask)
      return withoutTokens(withoutKeys(text))
    },
  }
}

const certainlyOther = 2

/** Its last word is base64, whatever stands before it and whichever quotes and colours are around it. */
function isKeyBody(line: string): boolean {
  const bare = line.replace(/\x1b\[[0-9;]{0,10}[A-Za-z]/g, '').trimEnd()
  if (bare === '' || /\b(?:Proc-Type|DEK-Info|Version|Comment|Hash): /.test(bare)) return true
  const last = (bare.split(/\s/).at(-1) ?? '').replace(/^["'`]|(?:\\n)?["'`,+\\]{0,4}$/g, '')
  return /^[A-Za-z0-9+/=]{16,}$/.test(last)
}

function withoutTokens(line: string): string {
  const bytes = Buffer.from(narrow(line), 'latin1')
  const asked = new Set<number>()
  gate.each(bytes, 0, bytes.length, (literal) => {
    for (const kind of kindsOf[literal] ?? []) asked.add(kind)
    return false
  })
  if (asked.size === 0) return line
  let text = line.replace(colour, '\x1b[$1\u0001')
  for (const number of [...asked].sort((a, b) => a - b)) {
    const kind = secretKinds[number]
    if (kind === undefined) continue
    text = text.replace(kind.regex, (whole, keep: string, secret: unknown) => {
      const value = typeof secret === 'string' ? secret : whole.slice(keep.length)
      return value.includes(mask) || (kind.sure !== undefined && !kind.sure(value)) ? whole : keep + mask
    })
  }
  return text.replace(markedColour, '\x1b[$1m')
}

/** The last letter of a colour's code is no part of the word behind it: it is another sign while words are looked for. */
const colour = /\x1b\[([0-9;]{0,10})m/g
const markedColour = /\x1b\[([0-9;]{0,10})\u0001/g

/** One of these stands in every line that is redacted, but for those with a secret in an address. */
export const secretLiterals: readonly string[] = [
  ...new Set([...secretKinds.flatMap((kind) => kind.literals), ...keyMarks, maskMark]),
]
const gate = createLiteralGate(secretLiterals)
const kindsOf = secretLiterals.map((literal) =>
  secretKinds.flatMap((kind, number) => (kind.literals.includes(literal) ? [number] : [])),
)
