import { expect, it } from 'vitest'
import { diagnose } from '../diagnose.ts'
import { readLog } from '../logs/read-log.ts'
import { readReport } from '../results/files/report.ts'
import { withReports } from './reported.ts'

async function* bytes(text: string): AsyncIterable<Uint8Array> {
  for (let at = 0; at < text.length; at += 40) yield Buffer.from(text.slice(at, at + 40))
}
async function diagnosed(log: string, ...files: readonly string[]) {
  const reports = await Promise.all(files.map((file) => readReport(bytes(file))))
  return withReports(
    diagnose(await readLog(bytes(log))),
    reports.flatMap((report) => ('problem' in report ? [] : [report])),
  )
}
const junit = `<?xml version="1.0"?>
<testsuite name="cart"><testcase classname="Cart" name="adds"/><testcase classname="Cart" name="sums">
<failure message="expected 3, got 4">at cart.ts:12</failure></testcase><testcase classname="Cart" name="old"><skipped/></testcase></testsuite>`
const sarif = JSON.stringify({
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'ESLint' } },
      results: [
        {
          ruleId: 'no-undef',
          level: 'error',
          message: { text: 'cart is not defined' },
          locations: [{ physicalLocation: { artifactLocation: { uri: 'src/cart.ts' }, region: { startLine: 7 } } }],
        },
      ],
    },
  ],
})

it('a JUnit file counts the tests that the log only prints', async () => {
  const { tests, category, categories, confidence, sentence, evidence } = await diagnosed('$ make check\n', junit)
  expect(tests).toMatchObject({ run: 2, failed: 1, skipped: 1, failing: ['Cart.sums'] })
  expect(category).toBe('code.test')
  expect(categories[0]).toEqual({ category, p: confidence })
  expect(sentence).toBe('A report tells: 1 of 2 tests failed: sums: expected 3, got 4')
  expect(evidence).toContain('report: 1 of 2 tests failed: sums: expected 3, got 4')
})

it('a SARIF file names its findings, and the kind of failure where the log says nothing', async () => {
  const { category, owner, evidence } = await diagnosed('$ make check\n', sarif)
  expect([category, owner]).toEqual(['code.quality', 'author'])
  expect(evidence).toContain('report: ESLint no-undef: cart is not defined (src/cart.ts:7)')
})

it('what the log says clearly is not overruled by a report', async () => {
  const log = "src/cart.ts(12,7): error TS2322: Type 'string' is not assignable to type 'number'.\n"
  expect((await diagnosed(log, sarif)).category).toBe('code.compile')
})

it.each([
  ['', 'the report is empty'],
  ['<project></project>', 'the report is XML without a testcase: it is not JUnit'],
  ['name: shop', 'the report is neither JUnit (XML) nor SARIF (JSON)'],
  ['{"runs"', /^the SARIF file is not JSON/],
])('%j is no report, and why is said', async (text, problem) => {
  const report = await readReport(bytes(text))
  if (typeof problem === 'string') expect(report).toEqual({ problem })
  else expect(report).toEqual({ problem: expect.stringMatching(problem) })
})
