import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildLine, generator } from './build-log.ts'
import { keepResult, machine, quantile, round, workFolder } from './measure.ts'

/** `mendline diagnose` of a log of 10 MB as a person types it: a new process each time, with Node's start. */
const megabytes = 10
const times = 9
const goal = { seconds: 1 }

const machineAtStart = machine()
const bin = fileURLToPath(new URL('../bin/mendline.mjs', import.meta.url))
const folder = mkdtempSync(workFolder('diagnose'))
try {
  const log = join(folder, 'build.log')
  writeLog(log)
  const first = diagnose(log)
  const seconds = Array.from({ length: times }, () => diagnose(log).seconds)
  const nothing = Array.from({ length: times }, () => run(['--version']).seconds)
  const result = {
    what: 'mendline diagnose of a log of 10 MB, with the start of Node',
    at: new Date().toISOString(),
    machine: machineAtStart,
    bytes: statSync(log).size,
    medianSeconds: round(quantile(seconds, 0.5)),
    seconds: seconds.map(round),
    firstSeconds: round(first.seconds),
    /** What it costs to say nothing but the version: the part that is not the log's. */
    startSeconds: round(quantile(nothing, 0.5)),
    found: first.category,
    goal,
  }
  keepResult('diagnose', result)
  console.log(
    `${result.medianSeconds} s, median of ${times} (${result.seconds.join(' ')}); ${result.startSeconds} s of it to start; found ${result.found} (reach ${goal.seconds} s)`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function diagnose(log: string): { readonly seconds: number; readonly category: string } {
  const { seconds, status, stdout, stderr } = run(['diagnose', log, '--format', 'json'])
  if (status !== 1) throw new Error(`mendline diagnose answered ${status} to a log with a compile error: ${stderr}`)
  return { seconds, category: (JSON.parse(stdout) as { category: string }).category }
}

function run(args: readonly string[]) {
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8' })
  return { seconds: (performance.now() - started) / 1_000, status, stdout, stderr }
}

function writeLog(path: string): void {
  const random = generator(7)
  const lines: string[] = []
  for (let length = 0; length < megabytes * 1e6; length += (lines.at(-1)?.length ?? 0) + 1)
    lines.push(buildLine(random))
  lines.push("src/cart.ts(12,7): error TS2322: Type 'string' is not assignable to type 'number'.")
  lines.push('##[error]Process completed with exit code 2.')
  writeFileSync(path, `${lines.join('\n')}\n`)
}
