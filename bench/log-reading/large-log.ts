import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { library } from '../../src/loops/heal/patterns/library.ts'
import { buildLine, generator } from '../build-log.ts'
import { round, workFolder } from '../measure.ts'
import type { Reading } from './read.ts'

const rgLimitMs = 300_000
/** With hundreds of patterns rg takes minutes for a gigabyte: it gets the beginning. */
const rgBytes = 60_000_000
const rgFlags = '--count --text --threads 1 --no-unicode --regex-size-limit 1G --dfa-size-limit 1G'.split(' ')
export const goal = { megabytesPerCpuSecond: 100, megabytesOverIdle: 64 }

export interface LargeLogReading {
  readonly bytes: number
  readonly lines: number
  readonly patterns: number
  readonly seconds: number
  readonly cpuSeconds: number
  readonly megabytesPerSecond: number
  readonly megabytesPerCpuSecond: number
  readonly peakMegabytes: number
  /** Over the same process that reads nothing. */
  readonly megabytesOverIdle: number
  readonly found: Reading['found']
  /** Or why it could not be compared with. */
  readonly rg: { readonly megabytesPerSecond: number; readonly patterns: number } | string
  readonly timesAsFastAsRg: number | null
}

/** Reads a log of so many megabytes, the same every time, with every pattern, and lets `rg` do it with a part. */
export async function readLargeLog(megabytes: number): Promise<LargeLogReading> {
  const folder = mkdtempSync(workFolder('log-reading'))
  try {
    return await readBeside(join(folder, 'build.log'), megabytes)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function readBeside(path: string, megabytes: number): Promise<LargeLogReading> {
  await makeLog(path, megabytes * 1e6)
  const bytes = statSync(path).size
  const idle = readAlone()
  const reading = readAlone(path)
  const part = `${path}.part`
  await pipeline(createReadStream(path, { end: rgBytes - 1 }), createWriteStream(part))
  const rg = readWithRg(part, statSync(part).size)
  const megabytesPerSecond = bytes / 1e6 / reading.seconds
  return {
    bytes,
    lines: reading.lines,
    patterns: library.length,
    seconds: round(reading.seconds),
    cpuSeconds: round(reading.cpuSeconds),
    megabytesPerSecond: round(megabytesPerSecond),
    megabytesPerCpuSecond: round(bytes / 1e6 / reading.cpuSeconds),
    peakMegabytes: Math.round(reading.peakBytes / 1e6),
    megabytesOverIdle: Math.round((reading.peakBytes - idle.peakBytes) / 1e6),
    found: reading.found,
    rg: typeof rg === 'string' ? rg : { ...rg, megabytesPerSecond: round(rg.megabytesPerSecond) },
    timesAsFastAsRg: typeof rg === 'string' ? null : round(megabytesPerSecond / rg.megabytesPerSecond),
  }
}

/** Without a path: nothing. */
function readAlone(...path: readonly string[]): Reading {
  const reader = join(import.meta.dirname, 'read.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [reader, ...path], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the log could not be read: ${stderr}`)
  return JSON.parse(stdout) as Reading
}

/** `rg -c` over the same file with the same patterns; those with look-around, which it does not have, or with
 * words that are not ASCII are left out. */
function readWithRg(path: string, bytes: number): { megabytesPerSecond: number; patterns: number } | string {
  const usable = library
    .map(({ regex }) => regex)
    .filter(({ source }) => !/\(\?[!=]|\(\?<[!=]|[^\x00-\x7f]/.test(source))
  const list = `${path}.patterns`
  writeFileSync(
    list,
    `${usable.map(({ source, flags }) => (flags.includes('i') ? `(?i:${forRust(source)})` : forRust(source))).join('\n')}\n`,
  )
  const started = performance.now()
  const { status, stderr, error } = spawnSync('rg', [...rgFlags, '--file', list, path], {
    encoding: 'utf8',
    timeout: rgLimitMs,
  })
  if (status === 0 || status === 1)
    return { megabytesPerSecond: bytes / 1e3 / (performance.now() - started), patterns: usable.length }
  if (error !== undefined && 'code' in error && error.code === 'ENOENT')
    return 'rg is not installed (Debian has it as ripgrep)'
  return `rg could not read it: ${(stderr || String(error)).slice(-300).trim()}`
}

/** Group names may repeat over the list; what JavaScript escapes without need, or need not escape, Rust calls an error. */
function forRust(source: string): string {
  let inClass = false
  return source
    .replace(/\(\?<\w+>/g, '(')
    .replaceAll('\\/', '/')
    .replace(/\\.|[[\]]/g, (token) => {
      const inner = token === '[' && inClass
      if (token === '[') inClass = true
      if (token === ']') inClass = false
      return inner ? '\\[' : token
    })
}

/** A build that mostly succeeds, with lines of real shapes, an error word now and then, and one compile error late. */
async function makeLog(path: string, size: number): Promise<void> {
  const random = generator(42)
  const out = createWriteStream(path)
  let written = 0
  let second = 0
  let last = false
  while (written < size) {
    const lines: string[] = []
    for (let index = 0; index < 2_000; index += 1) {
      second += random() / 50
      lines.push(
        `${new Date(1_767_225_600_000 + second * 1_000).toISOString().replace('Z', '1234Z')} ${buildLine(random)}`,
      )
    }
    if (!last && written > size * 0.98) {
      last = true
      lines.push("src/cart.ts(12,7): error TS2322: Type 'string' is not assignable to type 'number'.")
    }
    const text = `${lines.join('\n')}\n`
    written += text.length
    if (!out.write(text)) await once(out, 'drain')
  }
  out.end('##[error]Process completed with exit code 2.\n')
  await once(out, 'close')
}
