import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type RunOptions, readOptions } from './options.ts'

const plain: RunOptions = { event: 'push', inPlace: false, list: false, format: 'text' }
const read = (options: Partial<RunOptions>, environment = {}) => readOptions({ ...plain, ...options }, environment)

function fileWith(text: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'secrets-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(path.join(folder, 'secrets'), text)
  return path.join(folder, 'secrets')
}

test('sizes, times, pairs and secrets are read', () => {
  const secretFile = fileWith('# ours\nA=1\nB="two = 2"\n\n')
  expect(
    read(
      { memory: '512MiB', timeout: '10m', input: ['a=b=c'], env: ['E='], secret: ['TOKEN', 'A=stronger'], secretFile },
      { TOKEN: 'from the environment' },
    ),
  ).toMatchObject({
    memoryLimitBytes: 512 * 1024 * 1024,
    timeoutMs: 600_000,
    inputs: { a: 'b=c' },
    env: { E: '' },
    secrets: { TOKEN: 'from the environment', A: 'stronger', B: 'two = 2' },
  })
})

test('a cell is chosen by the values of its matrix; a job without that key runs as it is', () => {
  const { select } = read({ matrix: ['node:22', 'os:a'] })
  const cell = (matrix: Record<string, unknown> | null) => ({
    job: 'a',
    name: 'a',
    matrix,
    strategy: { 'fail-fast': true, 'job-index': 0, 'job-total': 1, 'max-parallel': 1 },
    continueOnError: false,
    labels: [],
  })
  expect(select(cell({ node: 22, os: 'a' }))).toBe(true)
  expect(select(cell({ node: 20, os: 'a' }))).toBe(false)
  expect(select(cell({ other: 1 }))).toBe(true)
  expect(select(cell(null))).toBe(true)
})

test.each([
  [{ event: 'pull_request' }, /--event is push or workflow_dispatch, not "pull_request"/],
  [{ format: 'xml' }, /--format is text or json/],
  [{ memory: 'lots' }, /"lots" is not a size such as/],
  [{ timeout: 'soon' }, /"soon" is not a duration such as/],
  [{ input: ['novalue'] }, /--input wants name=value, not "novalue"/],
  [{ matrix: ['node=22'] }, /--matrix wants name:value/],
  [{ concurrency: '0' }, /--concurrency wants a number from 1 on/],
  [{ secret: ['NOSUCH'] }, /--secret NOSUCH: there is no variable/],
  [{ secretFile: '/nowhere/at/all' }, /cannot read the secrets of \/nowhere\/at\/all/],
] as const)('%j is refused', (options, message) => {
  expect(() => read(options)).toThrow(message)
})

test('a broken line of a secret file is named by its number, never shown', () => {
  const secretFile = fileWith('A=1\nhush-hush\n')
  expect(() => read({ secretFile })).toThrow(/secrets line 2 is not NAME=value$/)
})
