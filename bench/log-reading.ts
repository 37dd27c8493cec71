/**
 * How fast a log of 1 GB is read with every pattern, against `rg` with the same patterns on the same file:
 * `node bench/log-reading.ts [--megabytes N]`. The log is made here, the same every time.
 */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { diagnose } from '../src/loops/heal/diagnose.ts'
import { fileBytes } from '../src/loops/heal/logs/file-bytes.ts'
import { readLog } from '../src/loops/heal/logs/read-log.ts'
import { library } from '../src/loops/heal/patterns/library.ts'
import { buildLine, generator } from './build-log.ts'
import { keepResult, machine, round, workFolder } from './measure.ts'

/** With some hundred patterns rg takes minutes for a gigabyte: the head of the file tells its rate. */
const rgBytes = 20_000_000
const rgFlags = '--count --text --threads 1 --no-unicode --regex-size-limit 1G --dfa-size-limit 1G'.split(' ')
const goal = { megabytesPerCpuSecond: 50, peakMegabytes: 200 }

const { values } = parseArgs({ options: { megabytes: { type: 'string', default: '1000' } } })
const machineAtStart = machine()
const folder = mkdtempSync(workFolder('log-reading'))
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
  const peakMegabytes = Math.round(peak / 1e6)
  const diagnosis = diagnose(reading)
  const rg = await readWithRg(path)
  const result = {
    what: 'reading a log with every pattern, against rg with the same patterns on the same file',
    at: new Date().toISOString(),
    machine: machineAtStart,
    bytes,
    lines: reading.lines,
    patterns: library.length,
    seconds: round(seconds),
    cpuSeconds: round(cpuSeconds),
    megabytesPerSecond: round(bytes / 1e6 / seconds),
    megabytesPerCpuSecond: round(bytes / 1e6 / cpuSeconds),
    peakMegabytes,
    megabytesBefore: Math.round(before / 1e6),
    found: { category: diagnosis.category, line: diagnosis.excerpts[0]?.start },
    rg: typeof rg === 'string' ? rg : { ...rg, megabytesPerSecond: round(rg.megabytesPerSecond) },
    timesAsFastAsRg: typeof rg === 'string' ? null : round(bytes / 1e6 / seconds / rg.megabytesPerSecond),
    goal,
  }
  keepResult('log-reading', result)
  console.log(
    `${result.megabytesPerSecond} MB/s, ${result.megabytesPerCpuSecond} MB/s a core (reach ${goal.megabytesPerCpuSecond}); ` +
      `at most ${peakMegabytes} MB of memory (reach ${goal.peakMegabytes})`,
  )
  console.log(
    typeof rg === 'string'
      ? `no comparison: ${rg}`
      : `rg with ${rg.patterns} of the ${library.length} patterns: ${round(rg.megabytesPerSecond)} MB/s; we read ${result.timesAsFastAsRg} times as fast`,
  )
}

/** `rg -c` over the same file with the same patterns; those with look-around, which it does not have, or with
 * words that are not ASCII are left out. */
async function readWithRg(path: string): Promise<{ megabytesPerSecond: number; patterns: number } | string> {
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
  writeFileSync(`${path}.empty`, '')
  const reading = runRg(list, part)
  if (typeof reading === 'string') return reading
  // It compiles the patterns at each start; of a gigabyte that would not be felt.
  const starting = runRg(list, `${path}.empty`)
  if (typeof starting === 'string') return starting
  return { megabytesPerSecond: statSync(part).size / 1e3 / (reading.ms - starting.ms), patterns: usable.length }
}

/** How long it took, or why it could not. */
function runRg(list: string, file: string): { readonly ms: number } | string {
  const started = performance.now()
  const { status, stderr, error } = spawnSync('rg', [...rgFlags, '--file', list, file], {
    encoding: 'utf8',
    timeout: 120_000,
  })
  if (status === 0 || status === 1) return { ms: performance.now() - started }
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
