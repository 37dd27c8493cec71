import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findFiles } from './glob.ts'

const root = mkdtempSync(path.join(tmpdir(), 'glob-'))
beforeAll(() => {
  for (const file of [
    'a.js',
    'b.ts',
    'src/c.ts',
    'src/deep/d.ts',
    'src/deep/e.js',
    '.hidden/f.ts',
    'src/.g.ts',
    '[x]/h.ts',
  ]) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), file)
  }
  symlinkSync('..', path.join(root, 'src', 'loop'))
  symlinkSync('../a.js', path.join(root, 'src', 'link.js'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const find = (patterns: string[], options = {}) =>
  findFiles(root, patterns, { followLinks: false, hidden: false, ...options }).map((file) => path.relative(root, file))

test.each([
  [['*.js'], ['a.js']],
  [['src'], ['src/c.ts', 'src/deep/d.ts', 'src/deep/e.js', 'src/link.js']],
  [['src/'], ['src/c.ts', 'src/deep/d.ts', 'src/deep/e.js', 'src/link.js']],
  [['src/*.ts'], ['src/c.ts']],
  [['**/*.ts'], ['[x]/h.ts', 'b.ts', 'src/c.ts', 'src/deep/d.ts']],
  [['src/**'], ['src/c.ts', 'src/deep/d.ts', 'src/deep/e.js', 'src/link.js']],
  [['**/deep'], ['src/deep/d.ts', 'src/deep/e.js']],
  [
    ['src/**', '!**/*.js'],
    ['src/c.ts', 'src/deep/d.ts'],
  ],
  [
    ['src/**', '!src/deep', 'src/deep/e.js'],
    ['src/c.ts', 'src/deep/e.js', 'src/link.js'],
  ],
  [
    ['b.ts', 'src/**/*.ts', '*.js'],
    ['a.js', 'b.ts', 'src/c.ts', 'src/deep/d.ts'],
  ],
  [['[ab].?s'], ['a.js', 'b.ts']],
  [['nothing/**', '# comment', ''], []],
])('%j finds %j', (patterns, expected) => {
  expect(find(patterns)).toEqual(expected)
})

test('hidden names are found only when asked for', () => {
  expect(find(['**/*.ts'], { hidden: true })).toEqual([
    '.hidden/f.ts',
    '[x]/h.ts',
    'b.ts',
    'src/.g.ts',
    'src/c.ts',
    'src/deep/d.ts',
  ])
})

test('nothing outside of a folder is found when it is the bound', () => {
  const within = path.join(root, 'src')
  expect(find(['*.js', 'src/deep/*'], { within })).toEqual(['src/deep/d.ts', 'src/deep/e.js'])
})

test('a pattern made to be slow is not', () => {
  const started = performance.now()
  expect(find([`${'**/'.repeat(60)}x`, `${'*a'.repeat(60)}b`])).toEqual([])
  expect(performance.now() - started).toBeLessThan(2_000)
})
