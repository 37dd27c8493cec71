/**
 * How fast a log of 1 GB is read with every pattern, against `rg` with the same patterns on the same file:
 * `node bench/log-reading.ts [--megabytes N]`. The log is made here, the same every time.
 */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { diagnose } from '../src/loops/heal/diagnose.ts'
import { fileBytes } from '../src/loops/heal/logs/file-bytes.ts'
import { readLog } from '../src/loops/heal/logs/read-log.ts'
import { library } from '../src/loops/heal/patterns/library.ts'

const words =
  'compile module package resolve fetch service worker handler cache build target index parser stream socket buffer query schema render layout reducer'.split(
    ' ',
  )

/** With some hundred patterns rg takes minutes for a gigabyte: the head of the file tells its rate. */
const rgBytes = 20_000_000

const { values } = parseArgs({ options: { megabytes: { type: 'string', default: '1000' } } })
const folder = mkdtempSync(join(tmpdir(), 'log-reading-'))
try {
  await measure(join(folder, 'build.log'), Number(values.megabytes))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measure(path: string, megabytes: number): Promise<void> {
  await makeLog(path, megabytes * 1e6)
  const bytes = statSync(path).size
  await readLog(createReadStream(path, { end: 20_000_000 }))
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 20)
  const before = process.memoryUsage.rss()
  const cpuBefore = process.cpuUsage()
  const started = performance.now()
  const reading = await readLog(fileBytes(path))
  const seconds = (performance.now() - started) / 1_000
  const cpu = process.cpuUsage(cpuBefore)
  clearInterval(watch)
  const cpuSeconds = (cpu.user + cpu.system) / 1e6
  const diagnosis = diagnose(reading)
  const rg = await readWithRg(path)
  const result = {
    bytes,
    lines: reading.lines,
    patterns: library.length,
    seconds: round(seconds),
    cpuSeconds: round(cpuSeconds),
    megabytesPerSecond: round(bytes / 1e6 / seconds),
    megabytesPerCpuSecond: round(bytes / 1e6 / cpuSeconds),
    peakRssMiB: round(peak / 2 ** 20),
    rssBeforeMiB: round(before / 2 ** 20),
    found: { category: diagnosis.category, line: diagnosis.excerpts[0]?.start },
    ...(rg === undefined
      ? { rg: 'not installed, or a pattern that it does not know' }
      : {
          rg: { megabytesPerSecond: round(rg.megabytesPerSecond), patterns: rg.patterns },
          timesAsFastAsRg: round(bytes / 1e6 / seconds / rg.megabytesPerSecond),
        }),
  }
  console.log(JSON.stringify(result, undefined, 2))
  mkdirSync(join(import.meta.dirname, 'results'), { recursive: true })
  writeFileSync(join(import.meta.dirname, 'results/log-reading.json'), `${JSON.stringify(result, undefined, 2)}\n`)
}

/** `rg -c` over the same file with the same patterns; those with look-around, which it does not have, or with
 * words that are not ASCII are left out. */
async function readWithRg(path: string): Promise<{ megabytesPerSecond: number; patterns: number } | undefined> {
  const usable = library
    .map(({ regex }) => regex)
    .filter(({ source }) => !/\(\?[!=]|\(\?<[!=]|[^\x00-\x7f]/.test(source))
  const list = `${path}.patterns`
  writeFileSync(
    list,
    `${usable.map(({ source, flags }) => (flags.includes('i') ? `(?i:${forRust(source)})` : forRust(source))).join('\n')}\n`,
  )
  const part = `${path}.part`
  await pipeline(createReadStream(path, { end: rgBytes - 1 }), createWriteStream(part))
  const size = statSync(part).size
  const started = performance.now()
  const { status, stderr } = spawnSync(
    'rg',
    [
      '--count',
      '--text',
      '--threads',
      '1',
      '--no-unicode',
      '--regex-size-limit',
      '1G',
      '--dfa-size-limit',
      '1G',
      '--file',
      list,
      part,
    ],
    { encoding: 'utf8', timeout: 120_000 },
  )
  if (status !== 0 && status !== 1) {
    if (stderr) console.log(stderr.slice(-300))
    return undefined
  }
  return { megabytesPerSecond: size / 1e3 / (performance.now() - started), patterns: usable.length }
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
        `${new Date(1_767_225_600_000 + second * 1_000).toISOString().replace('Z', '1234Z')} ${lineOf(random)}`,
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

function lineOf(random: () => number): string {
  const word = (): string => words[Math.floor(random() * words.length)] ?? 'build'
  const number = (max: number): number => Math.floor(random() * max)
  const kind = random()
  if (kind < 0.25)
    return `[INFO] Downloading from central: https://repo.example.com/maven2/org/${word()}/${word()}/${number(9)}.${number(20)}.${number(9)}/${word()}-${number(9)}.jar (${number(900)} kB at ${number(9)}.${number(9)} MB/s)`
  if (kind < 0.45)
    return `  [${number(4000)}/4000] Compiling ${word()}::${word()} v${number(9)}.${number(30)}.${number(9)} (/home/runner/shop/${word()}/${word()})`
  if (kind < 0.6)
    return `ok   ${number(9000)} - ${word()} ${word()}s the ${word()} of a ${word()} (${number(90)}.${number(99)} ms)`
  if (kind < 0.75) return `\x1b[32m✓\x1b[0m ${word()} › ${word()} ${word()} \x1b[2m${number(300)}ms\x1b[0m`
  if (kind < 0.85)
    return `npm warn deprecated ${word()}@${number(9)}.${number(9)}.${number(9)}: this ${word()} is not ${word()}ed any more, use ${word()} instead`
  if (kind < 0.93) return `${word()}/${word()}.c:${number(4000)}: note: in expansion of macro '${word().toUpperCase()}'`
  if (kind < 0.9985) return `PASS src/${word()}/${word()}.test.ts (${number(20)}.${number(999)} s)`
  if (kind < 0.9995)
    return `level=info msg="retrying ${word()}" error: temporary ${word()} not ready attempt=${number(5)}`
  return `java.lang.IllegalStateException: ${word()} is closed\n\tat com.shop.${word()}.Main.run(Main.java:${number(900)})`
}

/** Mulberry32: small, fast, the same on every machine. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function round(value: number): number {
  return Number(value.toFixed(value < 10 ? 2 : 1))
}
