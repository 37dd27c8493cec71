import { readFileSync } from 'node:fs'
import { seeded } from '../../src/loops/heal/learn/random.ts'
import { createRedactor, redactText } from '../../src/loops/heal/logs/redact.ts'
import { logchunks } from './cases.ts'
import type { Data } from './data.ts'
import { type Figure, percent } from './figure.ts'
import { keys, tokens, ways } from './redaction/secrets.ts'

/** Each secret is planted so often, each time at another place of another log, in another dress. */
const plantings = 8
const largestLog = 3_000_000

/** How many planted secrets are masked, and how many lines of logs without secrets are touched. */
export async function measure(data: Data): Promise<readonly Figure[]> {
  const logs = logchunks(data)
    .map(({ log }) => readFileSync(log, 'utf8'))
    .filter((text) => text.length <= largestLog)
  if (logs.length === 0) return []
  const tokenKinds = planted(logs, tokens)
  const keyKinds = planted(logs, keys)
  const { lines, touched, megabytesPerSecond } = untouched(logs)
  return [
    {
      what: `redaction: tokens of ${Object.keys(tokens).length} kinds planted in logs, recall`,
      measured: said(tokenKinds),
      baseline: '–',
      reach: '≥ 99 %',
      reached: tokenKinds.recall >= 0.99,
    },
    {
      what: `redaction: private keys of ${Object.keys(keys).length} forms, recall`,
      measured: said(keyKinds),
      baseline: '–',
      reach: '100 %',
      reached: keyKinds.recall === 1,
    },
    {
      what: `redaction: lines masked in ${lines} lines of public logs`,
      measured: `${((touched / lines) * 10_000).toFixed(2)} a 10,000 lines (all counted as false); ${megabytesPerSecond.toFixed(0)} MB/s`,
      baseline: '–',
      reach: '≤ 1 a 10,000 lines',
      reached: (touched / lines) * 10_000 <= 1,
    },
  ]
}

interface Recall {
  readonly recall: number
  /** Kinds of which one or more stayed readable. */
  readonly missed: readonly string[]
}

function planted(logs: readonly string[], kinds: Readonly<Record<string, (random: () => number) => string>>): Recall {
  const random = seeded(20_261_121)
  let masked = 0
  let all = 0
  const missed = new Set<string>()
  for (const [kind, make] of Object.entries(kinds))
    for (let planting = 0; planting < plantings; planting += 1) {
      const secret = make(random)
      const log = logs[Math.floor(random() * logs.length)] ?? ''
      const way = ways[Math.floor(random() * ways.length)] ?? ((text: string) => text)
      const text = redactText(withInside(log, secret.split('\n').map(way).join('\n'), random))
      const stayed = secret.split('\n').some((line) => isTelling(line) && text.includes(line))
      all += 1
      if (stayed) missed.add(kind)
      else masked += 1
    }
  return { recall: masked / all, missed: [...missed] }
}

/** The line that names a key's kind is no secret. */
function isTelling(line: string): boolean {
  return line.length >= 12 && !/^-{4,5} ?(?:BEGIN|END) [^\\]*-{4}$|^[A-Z][A-Za-z-]{2,30}: /.test(line)
}

/** The secret on lines of its own, at a random place of some hundred lines of a real log. */
function withInside(log: string, secret: string, random: () => number): string {
  const lines = log.slice(0, 60_000).split('\n')
  const at = Math.floor(random() * lines.length)
  return [...lines.slice(0, at), secret, ...lines.slice(at)].join('\n')
}

/** These logs are public and were masked by their vendor: what is masked in them is taken for a mistake. */
function untouched(logs: readonly string[]) {
  let lines = 0
  let touched = 0
  let bytes = 0
  const begin = performance.now()
  for (const log of logs) {
    const redactor = createRedactor()
    const after = (redactor.push(log) + redactor.end()).split('\n')
    const before = log.split('\n')
    lines += before.length
    bytes += log.length
    touched += before.filter((line, index) => line !== after[index]).length
  }
  return { lines, touched, megabytesPerSecond: bytes / 1_000 / (performance.now() - begin) }
}

function said({ recall, missed }: Recall): string {
  return `${percent(recall)}${missed.length === 0 ? '' : ` (missed: ${missed.join(', ')})`}`
}
