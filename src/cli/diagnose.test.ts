import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Command } from 'commander'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Diagnosed, diagnosisSchema, Undiagnosed } from '../contract/diagnosis.ts'
import { registerDiagnose } from './diagnose.ts'

const folder = mkdtempSync(join(tmpdir(), 'diagnose-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const failing = file(
  'failing.log',
  "##[group]Run npm run build\nsrc/cart.ts(12,7): error TS2322: Type 'string' is not assignable to type 'number'.\n##[error]Process completed with exit code 2.\n",
)

let out: string[]
let err: string[]
beforeEach(() => {
  out = []
  err = []
  vi.spyOn(console, 'log').mockImplementation((text: string) => void out.push(text))
  vi.spyOn(console, 'error').mockImplementation((text: string) => void err.push(text))
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
})

async function mendline(...words: readonly string[]): Promise<typeof process.exitCode> {
  const program = new Command('mendline').exitOverride()
  registerDiagnose(program)
  await program.parseAsync(['node', 'mendline', 'diagnose', ...words])
  return process.exitCode
}

describe('mendline diagnose', () => {
  it('tells the sentence, the place, the lines, why, and what to do; a failure is bad news', async () => {
    expect(await mendline(failing)).toBe(1)
    const text = out.join('\n')
    expect(text).toContain('✗ The TypeScript compiler rejects the code in src/cart.ts, line 12')
    expect(text).toContain('src/cart.ts:12:7')
    expect(text).toContain("2 │ src/cart.ts(12,7): error TS2322: Type 'string' is not assignable")
    expect(text).toContain('line 2: the TypeScript compiler rejects the code (typescript.error)')
    expect(text).toContain('Correct the code')
    expect(text).not.toContain('\x1b')
  })
  it('knows the failures that people named, alone and in a batch, and tells what is wrong with their file', async () => {
    const named = file(
      'signatures.yml',
      `- id: cart
  query: message:"cart.ts" AND "not assignable"
  category: code.compile
  says: somebody touched the cart again
- id: broken
  query: message:"open
`,
    )
    expect(await mendline(failing, '--signatures', named)).toBe(1)
    expect(out.join('\n')).toContain('✗ Somebody touched the cart again (line 2, signature cart).')
    expect(err.join('\n')).toMatch(/signatures\.yml, line 6: the query of broken, character 9/)
    out = []
    const batch = file('signed.jsonl', JSON.stringify({ id: 'a', log: failing }))
    await mendline('--batch', batch, '--signatures', named)
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ id: 'a', signatures: [{ id: 'cart', line: 2, count: 1 }] })
  })
  it('refuses signatures of which none can be read', async () => {
    const wrong = file('wrong.yml', '- id: x\n')
    await expect(mendline(failing, '--signatures', wrong)).rejects.toThrow(/wrong\.yml, line 1: query/)
    await expect(mendline(failing, '--signatures', join(folder, 'none.yml'))).rejects.toThrow(/there is no such file/)
  })
  it('answers in JSON', async () => {
    expect(await mendline(failing, '--format', 'json')).toBe(1)
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      schema: 'mendline.diagnosis/1',
      category: 'code.compile',
      exitCode: 2,
    })
  })
  it('finds nothing wrong with a log of success', async () => {
    expect(await mendline(file('fine.log', 'compiled 12 files\nall tests passed\n'))).toBe(0)
    expect(out.join('\n')).toBe('The log shows no failure (2 lines).')
  })
  it('leaves out what the passing log says too', async () => {
    const passed = file('passed.log', 'Error: the optional cache is away\n')
    const failed = file('both.log', 'Error: the optional cache is away\n')
    expect(await mendline(failed)).toBe(1)
    expect(await mendline(failed, '--passed', passed)).toBe(0)
  })
  it.each([
    ['nowhere.log', 'there is no such file'],
    ['.', 'it is a folder'],
  ])('says why it cannot read %s', async (name, reason) => {
    expect(await mendline(join(folder, name))).toBe(3)
    expect(err.join('\n')).toContain(reason)
  })
  it('says why it cannot read a binary file', async () => {
    expect(await mendline(file('image.png', '\x89PNG\x01\x02\x03\x04\x05\x06\x0e\x0f\x10\x11'))).toBe(3)
    expect(err.join('\n')).toContain('not a log')
  })
  it('refuses a format it does not know', async () => {
    await expect(mendline(failing, '--format', 'yaml')).rejects.toThrow('--format is text or json, not "yaml"')
  })
  it('answers a batch line by line, in order, and goes on after one that cannot be read', async () => {
    file('large.log', `${'compiled one more file\n'.repeat(300_000)}##[error]Process completed with exit code 2.\n`)
    const cases = file(
      'cases.jsonl',
      [
        JSON.stringify({ id: 'slow', log: 'large.log' }),
        JSON.stringify({ id: 'a', log: 'failing.log' }),
        'not json',
        JSON.stringify({ id: 'c', log: 'nowhere.log' }),
        JSON.stringify({ id: 'd', log: failing, passed: failing }),
        '',
      ].join('\n'),
    )
    expect(await mendline('--batch', cases)).toBe(3)
    const answers = out.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(answers.map(({ id }) => id)).toEqual(['slow', 'a', '', 'c', 'd'])
    expect(answers[0]).toMatchObject({ exitCode: 2 })
    expect(answers[1]).toMatchObject({ category: 'code.compile' })
    expect(answers[2]).toHaveProperty('error', expect.stringContaining('not a case'))
    expect(answers[3]).toHaveProperty('error', expect.stringContaining('no such file'))
  })
  it('gives every log of a batch that cannot be read its reason, with its id', async () => {
    file('empty.log', '')
    file('image.bin', '\x89PNG\x01\x02\x03\x04\x05\x06\x0e\x0f\x10\x11')
    writeFileSync(join(folder, 'cut.log.gz'), gzipSync('a line of the log\n'.repeat(99)).subarray(0, 10))
    file('cut.zip', 'PK\x03\x04 and then nothing')
    const cases = [
      { id: 1, log: 'empty.log' },
      { id: 'binary', log: 'image.bin' },
      { id: 'gzip', log: 'cut.log.gz' },
      { id: 'zip', log: 'cut.zip' },
      { id: 'folder', log: '.' },
      { id: 'no log' },
      { id: 'green', log: 'failing.log', passed: 'nowhere.log' },
      { id: 'good', log: 'failing.log', examples: 'none', more: true },
      { id: 'good', log: 'failing.log', passed: null, examples: [], more: true },
    ]
    expect(await mendline('--batch', file('bad.jsonl', cases.map((each) => JSON.stringify(each)).join('\r\n')))).toBe(3)
    const answers = out.map((line) => Undiagnosed.or(Diagnosed).parse(JSON.parse(line)))
    expect(answers.map(({ id, ...rest }) => [id, 'error' in rest ? rest.error : rest.category])).toEqual([
      ['1', expect.stringContaining('empty.log: The log is empty')],
      ['binary', expect.stringContaining('not a log')],
      ['gzip', expect.stringContaining('cut.log.gz')],
      ['zip', expect.stringContaining('cut.zip')],
      ['folder', expect.stringContaining('it is a folder')],
      ['no log', expect.stringContaining('not a case')],
      ['green', expect.stringContaining('the passing log: cannot read')],
      ['good', expect.stringContaining('not a case')],
      ['good', 'code.compile'],
    ])
  })
  it('takes earlier labelled logs; a bad one costs itself, and says so in the evidence', async () => {
    const examples = [
      { log: 'failing.log', start: 2, end: 2, more: 'is passed by' },
      { log: 'failing.log', spans: [{ start: 2, end: 3 }], cause: 'compile_error' },
      { log: 'nowhere.log', start: 1, end: 1 },
      { log: 'failing.log', start: 9, end: 2 },
      { log: 'failing.log', start: 70, end: 80 },
      'failing.log',
    ]
    expect(await mendline('--batch', file('ex.jsonl', JSON.stringify({ id: 'e', log: 'failing.log', examples })))).toBe(
      0,
    )
    const { category, evidence } = Diagnosed.parse(JSON.parse(out.join('')))
    expect(category).toBe('code.compile')
    expect(evidence.filter((reason) => reason.includes('was left out'))).toEqual([
      expect.stringMatching(/^example 3 was left out: cannot read .*nowhere\.log: there is no such file$/),
      'example 4 was left out: it marks no lines of failing.log',
      'example 5 was left out: it marks lines beyond the 3 of failing.log',
      expect.stringContaining('example 6 was left out: it is not {"log"'),
    ])
  })
  it('refuses a batch that is not there, and one beside a file', async () => {
    await expect(mendline('--batch', join(folder, 'nowhere.jsonl'))).rejects.toThrow('there is no such file')
    await expect(mendline('--batch', folder)).rejects.toThrow('it is a folder')
    await expect(mendline(failing, '--batch', failing)).rejects.toThrow('--batch names its logs itself')
  })
  it('answers as the published schema says, and says nothing else, whatever broke', async () => {
    const fixtures = new URL('../loops/heal/logs/fixtures/', import.meta.url)
    const logs = readdirSync(fixtures).filter((name) => name.endsWith('.log'))
    const cases = logs.map((name) => JSON.stringify({ id: name, log: new URL(name, fixtures).pathname }))
    expect(await mendline('--batch', file('fixtures.jsonl', cases.join('\n')))).toBe(0)
    const answers = out.map((line) => JSON.parse(line) as unknown)
    expect(answers.length).toBeGreaterThan(20)
    // What the schema does not name is dropped by parsing: equal means that every field is described.
    for (const answer of answers) expect(Diagnosed.parse(answer)).toEqual(answer)
    const told = answers.map((answer) => Diagnosed.parse(answer))
    expect(told.some(({ tests }) => tests !== undefined)).toBe(true)
    expect(told.some(({ location }) => location !== undefined)).toBe(true)
    for (const { remedies, category } of told)
      if (category !== 'unknown') expect(remedies.length, category).toBeGreaterThan(0)
    const published = readFileSync(new URL('../../docs/diagnosis.schema.json', import.meta.url), 'utf8')
    expect(JSON.parse(published), 'node scripts/write-schema.ts writes it').toEqual(
      JSON.parse(JSON.stringify(diagnosisSchema())),
    )
  })
})

it('reports of the job are read beside the log, and one that is none is named', async () => {
  const junit = file(
    'junit.xml',
    '<testsuite><testcase name="sums"><failure message="3 is not 4"/></testcase></testsuite>',
  )
  const none = file('none.txt', 'hello')
  await mendline(failing, '--report', junit, '--report', none, '--format', 'json')
  const { tests, evidence } = JSON.parse(out.join('\n'))
  expect(tests).toMatchObject({ run: 1, failed: 1, failing: ['sums'] })
  expect(evidence.at(-1)).toBe(`report ${none}: the report is neither JUnit (XML) nor SARIF (JSON)`)
})
