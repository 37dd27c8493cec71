import { plainLine } from '../../../base/text.ts'
import { type Category, categories, type Diagnosis } from '../../../model/diagnosis.ts'
import type { JunitReport } from '../results/files/junit.ts'
import type { Report } from '../results/files/report.ts'
import type { SarifReport } from '../results/files/sarif.ts'
import { believing } from './believing.ts'
import { transienceOf } from './transience.ts'

/** As many names and findings as an answer holds. */
const mostNames = 500
const mostFindings = 5
const trust = 0.8

/**
 * A diagnosis with what the job's own reports say: they count tests where the log only prints them, and they name
 * findings. They decide the category only where the log said nothing. Pure.
 */
export function withReports(diagnosis: Diagnosis, reports: readonly Report[]): Diagnosis {
  const junit = reports.flatMap((report) => (report.kind === 'junit' ? [report.junit] : []))
  const sarif = reports.flatMap((report) => (report.kind === 'sarif' ? [report.sarif] : []))
  if (reports.length === 0) return diagnosis
  const failed = sum(junit.map((each) => each.failed))
  const errors = sum(sarif.map((each) => each.errors))
  const told = failed > 0 ? 'code.test' : errors > 0 ? 'code.quality' : undefined
  const said = [...junit.flatMap(saidByJunit), ...sarif.flatMap(saidBySarif)]
  return {
    ...(diagnosis.abstained && told !== undefined ? named(diagnosis, told, said) : diagnosis),
    ...(junit.length === 0 ? {} : { tests: testsIn(junit, diagnosis.tests) }),
    evidence: [...said, ...diagnosis.evidence],
  }
}

/** The log said nothing: the report names what failed, though not that it was what stopped the job. */
function named(diagnosis: Diagnosis, category: Category, said: readonly string[]): Diagnosis {
  const { outcome, owner } = categories[category]
  return {
    ...diagnosis,
    ...believing(category, trust, diagnosis.categories),
    category,
    outcome,
    owner,
    transience: transienceOf(category, undefined, undefined),
    sentence: plainLine(said[0]?.replace(/^report: /, 'A report tells: ') ?? diagnosis.sentence, 240),
  }
}

function testsIn(junit: readonly JunitReport[], read: Diagnosis['tests']): NonNullable<Diagnosis['tests']> {
  const names = junit.flatMap(({ failing }) =>
    failing.map(({ className, name }) => (className === undefined ? name : `${className}.${name}`)),
  )
  return {
    ...read,
    run: sum(junit.map(({ run }) => run)),
    failed: sum(junit.map(({ failed }) => failed)),
    skipped: sum(junit.map(({ skipped }) => skipped)),
    failing: [...new Set(names)].slice(0, mostNames),
    durationSeconds: sum(junit.map(({ durationSeconds }) => durationSeconds)),
  }
}

function saidByJunit({ run, failed, flaky, failing }: JunitReport): readonly string[] {
  const first = failing[0]
  const what = first === undefined ? '' : `: ${first.name}${first.message === undefined ? '' : `: ${first.message}`}`
  return [
    `report: ${failed} of ${run} tests failed${what}`,
    ...(flaky.length === 0
      ? []
      : [`report: ${flaky.length} failed first and passed when run again: ${flaky[0]?.name}`]),
  ]
}

function saidBySarif({ findings, errors }: SarifReport): readonly string[] {
  const worst = findings.filter(({ level }) => level === 'error').slice(0, mostFindings)
  const each = worst.map(({ tool, rule, message, file, line }) => {
    const place = file === undefined ? '' : ` (${file}${line === undefined ? '' : `:${line}`})`
    return `report: ${tool} ${rule}: ${message}${place}`
  })
  return errors > worst.length ? [...each, `report: ${errors} errors in all`] : each
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
