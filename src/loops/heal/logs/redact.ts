import { secretKinds } from './secrets.ts'

/** Masks secrets in a stream of text; give it every chunk in order and write what it returns. Keeps every newline. */
export interface Redactor {
  push(text: string): string
  /** The rest. The redactor is done afterwards. */
  end(): string
}

const mask = '***'
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
      const part = line.redact(held.slice(0, cut))
      held = held.slice(cut)
      return whole + part
    },
    end() {
      const rest = held === '' ? '' : line.redact(held)
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
export function redactLines(lines: readonly string[]): readonly string[] {
  const redactor = createLineRedactor()
  return lines.map((line) => redactor.redact(line))
}

/** Where no token can be cut in two: at the last blank of the part that may still grow. */
function cutPlace(held: string): number {
  const from = held.length - overlap
  const blank = held.lastIndexOf(' ', from)
  return blank > from - overlap ? blank : from
}

function redactWhole(text: string, line: LineRedactor): string {
  if (!line.alert() && !anyLiteral.test(text)) return text
  return text
    .split('\n')
    .map((each, index, all) => (index === all.length - 1 ? each : line.redact(each)))
    .join('\n')
}

interface LineRedactor {
  redact(line: string): string
  /** Must it see every line: inside a key, or with values to look for? */
  alert(): boolean
}

const keyBegin = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/
const keyEnd = /-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/
const keyOnOneLine =
  /(-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----)[^-]{0,20000}(-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----)?/g
/** Longest key that is masked when its end never comes. */
const maxKeyLines = 150
const maxLearned = 200

function createLineRedactor(): LineRedactor {
  let keyLines = 0
  let strange = 0
  const learned = new Set<string>()

  function insideKey(line: string): string {
    keyLines -= 1
    strange = isKeyBody(line) ? 0 : strange + 1
    const end = keyEnd.exec(line)
    if (end !== null) {
      keyLines = 0
      return mask + withoutTokens(line.slice(end.index + end[0].length))
    }
    // Two lines that cannot belong to a key: it was cut short, the log goes on.
    if (strange >= 2) {
      keyLines = 0
      return withoutTokens(line)
    }
    return mask
  }
  function withoutKeys(line: string): string {
    if (!line.includes('PRIVATE KEY')) return line
    const lastBegin = line.lastIndexOf('-----BEGIN ')
    if (keyBegin.test(line.slice(lastBegin)) && !keyEnd.test(line.slice(lastBegin))) {
      keyLines = maxKeyLines
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
      if (line.includes('add-mask')) learn(line)
      let text = line
      for (const value of learned) if (text.includes(value)) text = text.replaceAll(value, mask)
      return withoutTokens(withoutKeys(text))
    },
  }
}

function isKeyBody(line: string): boolean {
  const last = line.trimEnd().split(/\s/).at(-1) ?? ''
  return (
    line.trim() === '' ||
    /^[A-Za-z0-9+/=]{16,}$/.test(last) ||
    /\b(?:Proc-Type|DEK-Info|Version|Comment): /.test(line) ||
    keyEnd.test(line)
  )
}

function withoutTokens(line: string): string {
  if (!anyLiteral.test(line)) return line
  let text = line
  for (const { literals, regex, sure } of secretKinds) {
    if (!literals.some((literal) => text.includes(literal))) continue
    text = text.replace(regex, (whole, keep: string, secret: unknown) => {
      const value = typeof secret === 'string' ? secret : whole.slice(keep.length)
      return value.includes(mask) || (sure !== undefined && !sure(value)) ? whole : keep + mask
    })
  }
  return text
}

const anyLiteral = new RegExp(
  [...new Set(secretKinds.flatMap(({ literals }) => literals)), 'PRIVATE KEY', 'add-mask']
    .map((literal) => literal.replace(/[.$/[\]]/g, '\\$&'))
    .join('|'),
)
