import { describe, expect, it } from 'vitest'
import { readSarif } from './sarif.ts'

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text)
}

const region = { startLine: 3, startColumn: 5 }
const place = [{ physicalLocation: { artifactLocation: { uri: 'file:///shop/cart.js' }, region } }]
const file = {
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'ESLint', rules: [{ id: 'eqeqeq', defaultConfiguration: { level: 'error' } }] } },
      results: [
        { ruleId: 'semi', message: { text: 'missing\nsemicolon' }, locations: place },
        { ruleId: 'eqeqeq', message: { text: 'use ===' }, baselineState: 'new' },
        { ruleId: 'old', level: 'error', baselineState: 'absent' },
        { ruleId: 'quiet', level: 'error', suppressions: [{ kind: 'inSource' }] },
        'broken',
      ],
    },
  ],
}

describe('a SARIF file', () => {
  it('tells findings, errors first, and leaves out what is suppressed or gone', async () => {
    const report = await readSarif(bytesOf(JSON.stringify(file)))
    expect(report).toMatchObject({ errors: 1, warnings: 2, notes: 0, setAside: 2 })
    expect('findings' in report && report.findings.slice(0, 2)).toEqual([
      { tool: 'ESLint', rule: 'eqeqeq', level: 'error', message: 'use ===', isNew: true },
      {
        tool: 'ESLint',
        rule: 'semi',
        level: 'warning',
        message: 'missing semicolon',
        file: '/shop/cart.js',
        line: 3,
        column: 5,
      },
    ])
  })

  it('that is none is refused with the reason', async () => {
    expect(await readSarif(bytesOf('{"runs": '))).toMatchObject({ problem: expect.stringContaining('not JSON') })
    expect(await readSarif(bytesOf('{}'))).toMatchObject({ problem: expect.stringContaining('no "runs"') })
  })
})
