import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
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
})
