import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { cleanLine } from '../../src/loops/heal/logs/clean-line.ts'
import { readLog } from '../../src/loops/heal/logs/read-log.ts'
import { library } from '../../src/loops/heal/patterns/library.ts'
import type { Data } from './data.ts'
import type { Figure } from './figure.ts'

/** The loop is so slow that it gets a part of the logs: as many bytes, spread over all of them. */
const bytesForTheLoop = 4_000_000
/**
 * A worker reads logs all day: it is measured once its code is compiled. Of a few passes the fastest, for neighbours on the
 * machine can only slow one down; the first, while code is still compiled, is told beside it.
 */
const warmPasses = 4
const goal = { megabytesPerCpuSecond: 100, timesTheLoop: 5 }

/** How fast real logs are read with every pattern, against a loop that tries every pattern on every line. */
export async function measure(data: Data): Promise<readonly Figure[]> {
  const logs = [...unlabelled(data), ...mozilla(data)]
  if (logs.length === 0) return []
  for (const log of logs.slice(0, 40)) await read(log)
  const passes: number[] = []
  for (let pass = 0; pass < warmPasses + 1; pass += 1) passes.push(await perCpuSecond(logs, read))
  const [first = 0, ...warm] = passes
  const ours = Math.max(...warm)
  const loop = await perCpuSecond(sample(logs), async (log) => void loopOver(log))
  return [
    {
      what: `reading ${logs.length} real logs, ${Math.round(total(logs) / 1e6)} MB, ${library.length} patterns`,
      measured: `${ours.toFixed(0)} MB a second of processor (the first pass ${first.toFixed(0)})`,
      baseline: '–',
      reach: `≥ ${goal.megabytesPerCpuSecond}`,
      reached: ours >= goal.megabytesPerCpuSecond,
    },
    {
      what: '  against every pattern tried on every line',
      measured: `${(ours / loop).toFixed(1)} times as fast`,
      baseline: `the loop: ${loop.toFixed(1)} MB a second of processor`,
      reach: `≥ ${goal.timesTheLoop} times`,
      reached: ours / loop >= goal.timesTheLoop,
    },
  ]
}

function unlabelled(data: Data): readonly Buffer[] {
  const folder = data.folder('bugswarm-logs')
  if (folder === undefined) return []
  const logs = join(folder, 'unlabelled_travis')
  return readdirSync(logs)
    .filter((name) => name.endsWith('.gz'))
    .map((name) => gunzipSync(readFileSync(join(logs, name))))
}

function mozilla(data: Data): readonly Buffer[] {
  const folder = data.folder('treeherder-logs')
  if (folder === undefined) return []
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files
    .filter((name) => /\.(?:log|txt)(?:\.gz)?$/.test(name))
    .map((name) => readFileSync(join(folder, name)))
    .map((bytes) => (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes))
}

async function read(log: Buffer): Promise<void> {
  // As a log is read that is looked at alone.
  await readLog(
    (async function* () {
      yield log
    })(),
    { whole: false },
  )
}

function loopOver(log: Buffer): number {
  let matched = 0
  for (const line of log.toString('utf8').split('\n')) {
    const { text, marked } = cleanLine(line)
    for (const pattern of library) if (pattern.regex.test(pattern.marked === true ? marked : text)) matched += 1
  }
  return matched
}

function sample(logs: readonly Buffer[]): readonly Buffer[] {
  const share = bytesForTheLoop / total(logs)
  return logs.map((log) => log.subarray(0, Math.ceil(log.length * share)))
}

async function perCpuSecond(logs: readonly Buffer[], work: (log: Buffer) => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  for (const log of logs) await work(log)
  const { user, system } = process.cpuUsage(before)
  return total(logs) / (user + system)
}

function total(logs: readonly Buffer[]): number {
  return logs.reduce((sum, { length }) => sum + length, 0)
}
