import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest'
import { testStore } from '../../test/database.ts'
import { ModelList } from '../contract/learning.ts'
import { silentLogger } from '../engine/telemetry/logger.ts'
import { createCurrentModels } from '../loops/heal/models/current.ts'
import { ModelFile } from '../loops/heal/models/shipped.ts'
import { registerModels } from './models.ts'
import { registerTrain } from './train.ts'

const store = await testStore()
const folder = mkdtempSync(join(tmpdir(), 'train-'))
afterAll(() => rmSync(folder, { recursive: true }))

let out: string[]
beforeEach(() => {
  out = []
  vi.spyOn(console, 'log').mockImplementation((text: string) => void out.push(text))
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  vi.stubEnv('DATABASE_URL', store.pool.options.connectionString ?? '')
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  process.exitCode = 0
})

async function mendline(...words: readonly string[]): Promise<typeof process.exitCode> {
  const program = new Command('mendline').exitOverride()
  registerTrain(program)
  registerModels(program)
  await program.parseAsync(['node', 'mendline', ...words])
  return process.exitCode
}

const causes = {
  test_failure: (n: number) => `not ok ${n} - adds a price\nAssertionError: expected ${n} to equal ${n + 1}\n`,
  compile_error: (n: number) =>
    `src/cart.ts(${n},7): error TS2322: Type 'string' is not assignable to type 'number'.\n`,
  network_or_remote_service: (n: number) =>
    `curl: (7) Failed to connect to mirror port ${8000 + n}: Connection refused\n`,
  out_of_memory: (n: number) =>
    `FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory ${n}\n`,
}

/** Small logs of eight projects; `label` says what each is called. */
function caseFile(name: string, label: (cause: string, n: number) => string): string {
  const names = Object.keys(causes) as (keyof typeof causes)[]
  const lines = Array.from({ length: 32 }, (_, n) => {
    const cause = names[n % names.length] ?? 'test_failure'
    const log = join(folder, `${n}.log`)
    writeFileSync(log, `$ build ${n}\n${causes[cause](n)}##[error]Process completed with exit code 1.\n`)
    return JSON.stringify({ id: `${name} ${n}`, project: `project ${n % 8}`, log, cause: label(cause, n) })
  })
  const path = join(folder, `${name}.jsonl`)
  writeFileSync(path, `${lines.join('\n')}\nnot json\n`)
  return path
}

const versions = async () => {
  out = []
  await mendline('models', '--format', 'json')
  return ModelList.parse(JSON.parse(out.join('')))
}
const inUse = async () => (await versions()).models.find((each) => each.kind === 'causes' && each.inUse)?.version
const current = createCurrentModels({ store, logger: silentLogger() })

it('trains, keeps the version with its record, puts it to use, and goes back by one command', async () => {
  const shipped = await inUse()
  const right = caseFile('right', (cause) => cause)
  await mendline('train', '--cases', right, '--kind', 'causes', '--out', folder)
  expect(out.join('\n')).toMatch(/trained on right\.jsonl: 32 cases of 8 projects/)
  for (const figure of ['accuracy', 'macro-F1', 'ECE', 'Brier', 'how sure', '95 of 100 times'])
    expect(out.join('\n')).toContain(figure)
  expect(await inUse()).toBe(shipped)
  const file = ModelFile.parse(JSON.parse(readFileSync(join(folder, 'causes.json'), 'utf8')))
  expect(Object.keys(file.held)).toHaveLength(32)

  const [kept] = (await versions()).models
  expect(kept).toMatchObject({ kind: 'causes', inUse: false, shipped: false })
  expect(await mendline('models', 'use', kept?.version ?? '')).toBe(0)
  expect(await inUse()).toBe(kept?.version)
  const own = (await current.models()).causes
  expect(own).toBeDefined()
  expect((await current.models()).causes).toBe(own)

  expect(await mendline('models', 'use', `${shipped ?? 'shipped-causes'}`)).toBe(0)
  expect(await inUse()).toBe(shipped)
  expect((await current.models()).causes).toBeUndefined()
})

it('refuses to put a worse model to use, and says by how much', async () => {
  const before = (await versions()).models[0]?.version ?? ''
  await mendline('models', 'use', before)
  const names = Object.keys(causes)
  const wrong = caseFile('wrong', (_cause, n) => names[(n * 7 + Math.floor(n / 5)) % names.length] ?? '')
  out = []
  expect(await mendline('train', '--cases', wrong, '--kind', 'causes', '--promote')).toBe(1)
  expect(out.join('\n')).toMatch(/must not be put to use: .*(worse than|far below)/)
  expect(await inUse()).toBe(before)
})

it('names a version that is not there', async () => {
  await expect(mendline('models', 'use', 'causes-0')).rejects.toThrow('there is no model causes-0')
})

it('says what is missing when there is nothing to learn from', async () => {
  const empty = join(folder, 'empty.jsonl')
  writeFileSync(empty, '')
  await expect(mendline('train', '--cases', empty)).rejects.toThrow('nothing to learn from')
  await expect(mendline('train', '--cases', join(folder, 'none.jsonl'))).rejects.toThrow('there is no such file')
  await expect(mendline('train', '--kind', 'all of them')).rejects.toThrow('--kind is causes, lines or all')
})
