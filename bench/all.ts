import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Bench, benches, type Figure } from './figures.ts'
import { keepResult, type Machine, machine, resultFile } from './measure.ts'

/**
 * `npm run bench [-- --only NAME,…]`: every bench in a process of its own, one after another, and one table of what they
 * found. A figure that falls short is said, not punished: the exit code is 1 only when a bench broke.
 */
const limitMs = 15 * 60_000

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const chosen = choose(values.only)
const machineAtStart = machine()
const outcomes: Outcome[] = []
for (const bench of chosen) outcomes.push(await run(bench))

if (values.only === undefined)
  keepResult('summary', { at: new Date().toISOString(), machine: machineAtStart, benches: outcomes })
console.log(`\n${table(outcomes.flatMap(rows))}\n`)
console.log(sayMachine(machineAtStart, outcomes))
process.exitCode = outcomes.some(({ broke }) => broke !== null) ? 1 : 0

interface Outcome {
  readonly name: string
  readonly loadAverage: number
  readonly seconds: number
  readonly figures: readonly Figure[]
  readonly broke: string | null
}

function choose(only: string | undefined): readonly Bench[] {
  const names = only?.split(',') ?? benches.map(({ name }) => name)
  const unknown = names.filter((name) => benches.every((bench) => bench.name !== name))
  if (unknown.length === 0) return benches.filter(({ name }) => names.includes(name))
  console.error(`there is no bench "${unknown.join(', ')}": choose of ${benches.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}

async function run({ name, figures }: Bench): Promise<Outcome> {
  const { loadAverage } = machine()
  console.log(`\n── ${name} (load ${loadAverage})`)
  const started = performance.now()
  const ended = (found: Pick<Outcome, 'figures' | 'broke'>): Outcome => ({
    name,
    loadAverage,
    seconds: Math.round((performance.now() - started) / 1_000),
    ...found,
  })
  const before = Date.now()
  const broke = await runScript(name)
  if (broke !== null) return ended({ figures: [], broke })
  try {
    return ended({ figures: figures(readResult(name, before)), broke: null })
  } catch (error) {
    return ended({ figures: [], broke: `left no result that can be read: ${String(error)}` })
  }
}

/** Why it broke, or null. */
async function runScript(name: string): Promise<string | null> {
  const child = spawn(process.execPath, [join(import.meta.dirname, `${name}.ts`)], {
    stdio: 'inherit',
    timeout: limitMs,
  })
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  if (code === 0) return null
  return code === null ? `was ended by ${signal} (its limit is ${limitMs / 60_000} minutes)` : `ended with code ${code}`
}

/** An old result must not pass for one of this run. */
function readResult(name: string, writtenSince: number): unknown {
  const file = resultFile(name)
  if (statSync(file).mtimeMs < writtenSince - 1_000) throw new Error(`${file} is from an earlier run`)
  return JSON.parse(readFileSync(file, 'utf8'))
}

function rows({ name, figures, broke }: Outcome): readonly Figure[] {
  if (broke === null) return figures
  return [{ what: name, measured: `BROKE: ${broke}`, against: '–', reach: '–', reached: 'not measured' }]
}

function table(figures: readonly Figure[]): string {
  const head = ['what', 'measured', 'against', 'reach', 'reached?']
  const lines = [head, ...figures.map((row) => [row.what, row.measured, row.against, row.reach, sayReached(row)])]
  const widths = head.map((_title, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const say = (line: readonly string[]) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  return [say(head), rule, ...lines.slice(1).map(say)].join('\n')
}

function sayReached({ reached }: Figure): string {
  return reached === 'no' ? 'NO' : reached
}

function sayMachine({ cores, model, node, loadAverage }: Machine, ran: readonly Outcome[]): string {
  const loads = ran.map((outcome) => `${outcome.name} ${outcome.loadAverage}`).join(', ')
  const busy =
    loadAverage > cores / 4
      ? '\nThe machine was busy already when this began: it can do better than these figures.'
      : ''
  return `${cores} cores (${model ?? 'unknown'}), Node ${node}, load average ${loadAverage} at the start (before each: ${loads}).${busy}\nKept in bench/results/.`
}
