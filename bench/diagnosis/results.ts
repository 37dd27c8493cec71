import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readLog } from '../../src/loops/heal/logs/read-log.ts'
import type { LogReading } from '../../src/loops/heal/logs/reading.ts'
import type { TestResults } from '../../src/loops/heal/results/test-results.ts'
import { type Data, openData } from './data.ts'
import { type Figure, percent } from './figure.ts'

/** A log and what BugSwarm's own tests assert of it. Only asserted fields are there. */
interface Expected {
  readonly case: string
  readonly log: string
  readonly expect: Readonly<Record<string, unknown>>
}

export interface Answer {
  readonly case: string
  readonly log: string
  readonly field: string
  readonly expected: unknown
  readonly given: unknown
  readonly right: boolean
}

/**
 * Every field that BugSwarm asserts of its logs, compared with what is read from them. Counts are compared as numbers,
 * names as exact sets. The data's words are mapped here, the same for all logs: `python` is any test runner of Python,
 * `NA` is what no test said, several frameworks are joined by `#`.
 */
async function answers(data: Data): Promise<readonly Answer[]> {
  const folder = data.folder('bugswarm-logs')
  if (folder === undefined) return []
  const cases = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as readonly Expected[]
  const all: Answer[] = []
  for (const one of cases) {
    const reading = await readLog(createReadStream(join(folder, one.log)))
    for (const [field, expected] of Object.entries(one.expect)) {
      const given = fields[field]?.(reading)
      all.push({ case: one.case, log: one.log, field, expected, given, right: isRight(field, expected, given) })
    }
  }
  return all
}

export async function measure(data: Data): Promise<readonly Figure[]> {
  const all = await answers(data)
  if (all.length === 0) return []
  const right = all.filter((answer) => answer.right).length
  return [
    {
      what: `test results, BugSwarm: asserted fields right (${right} of ${all.length})`,
      measured: percent(right / all.length),
      baseline: '-',
      reach: '≥ 98 %',
      reached: right / all.length >= 0.98,
    },
  ]
}

function isRight(field: string, expected: unknown, given: unknown): boolean {
  if (field === 'failed_test_names') return sameSet(expected, given)
  if (field === 'failed_test_names_contains')
    return list(expected).every((part) => list(given).some((name) => name.includes(part)))
  // The clocks of several runs are added up: floats.
  if (typeof expected === 'number' && typeof given === 'number') return Math.abs(expected - given) < 0.006
  return expected === given
}

function sameSet(expected: unknown, given: unknown): boolean {
  const [a, b] = [new Set(list(expected)), new Set(list(given))]
  return a.size === b.size && [...a].every((name) => b.has(name))
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

const fields: Readonly<Record<string, (reading: LogReading) => unknown>> = {
  status: statusOf,
  build_tool: ({ results }) => buildToolOf(results?.tool),
  build_system: ({ results }) => buildSystems[results?.tool ?? ''] ?? 'NA',
  framework: ({ results }) => (results?.frameworks ?? []).map((name) => frameworks[name] ?? name).join('#'),
  any_tests_ran: ({ results }) => ran(results),
  any_tests_failed: ({ results }) => (ran(results) || results?.frameworks.length === 0 ? failed(results) : 'NA'),
  tests_run: ({ results }) => results?.run ?? 0,
  tests_failed: ({ results }) => results?.failed ?? 0,
  tests_skipped: ({ results }) => (ran(results) ? results?.skipped : 'NA'),
  tests_ok: ({ results }) =>
    results !== undefined && ran(results)
      ? (results.run ?? 0) - results.failed - results.expectedFailures - results.unexpectedPasses
      : 'NA',
  tests_xfailed: ({ results }) => results?.expectedFailures ?? 0,
  tests_xpassed: ({ results }) => results?.unexpectedPasses ?? 0,
  failed_test_names: ({ results }) => results?.failing ?? [],
  failed_test_names_contains: ({ results }) => results?.failing ?? [],
  test_duration_s: ({ results }) => results?.durationSeconds,
  setup_time_s: ({ sections }) => setupSeconds(sections),
}

function ran(results: TestResults | undefined): boolean {
  return results !== undefined && (results.run ?? 0) + results.skipped + results.failing.length > 0
}

function failed(results: TestResults | undefined): boolean {
  return (results?.failed ?? 0) > 0 || (results?.failing.length ?? 0) > 0
}

/** From where the runner begins to where the job's first own command does, cut to hundredths as the data does. */
function setupSeconds(sections: LogReading['sections']): number | undefined {
  const begun = sections.find(({ phase }) => phase === 'provision')
  const own = sections.find(({ kind, name }) => kind === 'step' && /^Run (?!\S{1,200}\/\S{1,200}@)/.test(name))
  if (begun?.startedAtMs === undefined || own?.startedAtMs === undefined) return undefined
  return Math.floor((own.startedAtMs - begun.startedAtMs) / 10) / 100
}

const python = new Set(['pytest', 'unittest'])
const frameworks: Readonly<Record<string, string>> = { junit: 'JUnit' }
const buildSystems: Readonly<Record<string, string>> = { maven: 'Maven', gradle: 'Gradle', ant: 'Ant', play: 'play' }

function buildToolOf(tool = 'other'): string {
  if (python.has(tool)) return 'python'
  return `java-${tool in buildSystems && tool !== 'play' ? tool : 'other'}`
}

/** Where the CI system says nothing, nothing failed. */
function statusOf({ ending = 'passed' }: LogReading): string {
  return { passed: 'ok', failed: 'broken', stopped: 'stopped', cancelled: 'cancelled', terminated: 'terminated' }[
    ending
  ]
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      wrong: { type: 'boolean' },
      only: { type: 'string' },
    },
  })
  if (values.data === undefined)
    throw new Error('which folder holds the logs? node bench/diagnosis/results.ts --data DIR')
  const all = (await answers(openData(values.data))).filter(({ log }) => log.includes(values.only ?? ''))
  const byField = Map.groupBy(all, ({ field }) => field)
  for (const [field, given] of byField) {
    const right = given.filter((answer) => answer.right).length
    console.log(`${field.padEnd(28)} ${right} of ${given.length}`)
  }
  console.log(`all fields ${percent(all.filter(({ right }) => right).length / all.length)} of ${all.length}`)
  if (values.wrong === true)
    for (const answer of all.filter(({ right }) => !right))
      console.log(`${answer.log} ${answer.case} ${answer.field}: ${show(answer.given)}, not ${show(answer.expected)}`)
}

function show(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 1_000)
}
