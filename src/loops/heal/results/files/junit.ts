import { redactLines } from '../../logs/redact.ts'
import { maxFailing, maxName } from '../test-results.ts'
import { createXmlReader, type XmlEvent } from './xml-events.ts'

/** What a JUnit file tells, whoever wrote it. */
export interface JunitReport {
  readonly run: number
  /** Failures and errors. */
  readonly failed: number
  readonly errored: number
  readonly skipped: number
  readonly failing: readonly JunitCase[]
  /** Failed first and passed when run again: surefire's `flakyFailure`, or one name with both results. */
  readonly flaky: readonly JunitCase[]
  readonly durationSeconds: number
}

export interface JunitCase {
  readonly className?: string
  readonly name: string
  readonly file?: string
  readonly line?: number
  /** The first line of what failed, redacted. */
  readonly message?: string
}

const maxMessage = 500

/**
 * Reads a JUnit file of any size with bounded memory. Suites nest and may be missing; their own totals are not trusted,
 * cases are counted. Several cases of one name are attempts of one test.
 */
export async function readJunit(bytes: AsyncIterable<Uint8Array>): Promise<JunitReport> {
  const report = createReport()
  const reader = createXmlReader(report.see)
  for await (const chunk of bytes) reader.push(chunk)
  reader.end()
  return report.end()
}

type Outcome = 'passed' | 'skipped' | 'failure' | 'error'

interface Open {
  readonly attributes: ReadonlyMap<string, string>
  readonly suite: string | undefined
  outcome: Outcome
  isFlaky: boolean
  message?: string
}

function createReport() {
  const suites: string[] = []
  let open: Open | undefined
  let readsText = false
  let run = 0
  let skipped = 0
  let seconds = 0
  let failed = 0
  let errored = 0
  /** Only tests that did not simply pass are remembered: a test's attempts stand near each other in all reports. */
  const bad = new Map<string, { readonly test: JunitCase; readonly error: boolean }>()
  const flaky = new Map<string, JunitCase>()
  let lastPassed: string | undefined

  function close(): void {
    if (open === undefined) return
    const test = caseOf(open)
    const key = `${test.className ?? ''}\n${test.name}`
    seconds += secondsOf(open.attributes.get('time'))
    const isBad = open.outcome === 'failure' || open.outcome === 'error'
    const earlier = bad.get(key)
    if (open.outcome === 'skipped') skipped += 1
    else if (earlier === undefined) run += 1
    if (isBad && lastPassed === key) {
      run -= 1
      flaky.set(key, test)
    } else if (isBad && earlier === undefined) {
      failed += 1
      if (open.outcome === 'error') errored += 1
      if (bad.size < maxFailing) bad.set(key, { test, error: open.outcome === 'error' })
    } else if (open.outcome === 'passed' && earlier !== undefined) {
      bad.delete(key)
      failed -= 1
      if (earlier.error) errored -= 1
      if (flaky.size < maxFailing) flaky.set(key, earlier.test)
    } else if (open.isFlaky && flaky.size < maxFailing) flaky.set(key, test)
    lastPassed = open.outcome === 'passed' ? key : undefined
    open = undefined
  }

  return {
    see(event: XmlEvent): void {
      if (event.kind === 'text') {
        if (readsText && open !== undefined) open.message ??= firstLine(event.text)
        return
      }
      if (event.kind === 'close') {
        readsText = false
        if (event.name === 'testcase') close()
        else if (event.name === 'testsuite') suites.pop()
        return
      }
      const { name, attributes } = event
      if (name === 'testsuite') {
        if (suites.length < 1_000) suites.push(attributes.get('name') ?? '')
      } else if (name === 'testcase') open = { attributes, suite: suites.at(-1), outcome: 'passed', isFlaky: false }
      else if (open === undefined) return
      else if (name === 'skipped') open.outcome = 'skipped'
      else if (name === 'failure' || name === 'error') {
        open.outcome = name
        readsText = true
        const message = attributes.get('message')
        if (message !== undefined && message.trim() !== '') open.message ??= firstLine(message)
      } else if (name === 'flakyFailure' || name === 'flakyError') open.isFlaky = true
    },
    end: (): JunitReport => ({
      run,
      failed,
      errored,
      skipped,
      failing: redacted([...bad.values()].map(({ test }) => test)),
      flaky: redacted([...flaky.values()]),
      durationSeconds: Math.round(seconds * 1_000) / 1_000,
    }),
  }
}

function caseOf({ attributes, suite, message }: Open): JunitCase {
  const className = attributes.get('classname') ?? attributes.get('class') ?? suite
  const file = attributes.get('file')
  const line = Number(attributes.get('line') ?? attributes.get('lineno'))
  return {
    ...(className === undefined || className === '' ? {} : { className: className.slice(0, maxName) }),
    name: (attributes.get('name') ?? '').slice(0, maxName),
    ...(file === undefined ? {} : { file: file.slice(0, maxName) }),
    ...(Number.isInteger(line) && line > 0 ? { line } : {}),
    ...(message === undefined ? {} : { message }),
  }
}

/** `1,234.5` and `0,25` both are times. */
function secondsOf(time: string | undefined): number {
  if (time === undefined) return 0
  const value = Number(
    /^\d{1,9},\d{1,2}$|^\d{1,9},\d{4,9}$/.test(time) ? time.replace(',', '.') : time.replaceAll(',', ''),
  )
  return Number.isFinite(value) && value > 0 ? value : 0
}

function firstLine(text: string): string {
  return (text.trim().split('\n')[0] ?? '').slice(0, maxMessage)
}

function redacted(tests: readonly JunitCase[]): readonly JunitCase[] {
  return tests.map((test) => ({
    ...test,
    name: redactLines([test.name])[0] ?? '',
    ...(test.message === undefined ? {} : { message: redactLines([test.message])[0] ?? '' }),
  }))
}
