import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createBlockReader } from '../logs/blocks.ts'
import { scannerOf } from '../logs/scan.ts'
import { library } from './library.ts'
import type { Pattern } from './pattern.ts'

/** All that the whole reader, with every pattern, says about one line. */
const scanAll = scannerOf(library)
function patternsOn(line: string): readonly string[] {
  const ids: string[] = []
  const reader = createBlockReader((block) =>
    scanAll(block, (found) => ids.push(...found.matches.map(({ pattern }) => pattern.id))),
  )
  reader.push(Buffer.from(`${line}\n`))
  reader.end()
  return ids
}

describe.each(library.map((pattern) => [pattern.id, pattern] as const))('%s', (_, pattern) => {
  it.each(pattern.examples.matches)('reads %j', (line) => {
    // Noise silences all that the line says, itself included.
    if (pattern.role === 'noise') expect([pattern.regex.test(line), patternsOn(line)]).toEqual([true, []])
    else expect(patternsOn(line)).toContain(pattern.id)
  })
  it.each(pattern.examples.not)('leaves %j alone', (line) => expect(patternsOn(line)).not.toContain(pattern.id))
  it('has examples of both kinds, a literal, and a weight between 0 and 1', () => {
    expect(pattern.examples.matches.length).toBeGreaterThan(0)
    expect(pattern.examples.not.length).toBeGreaterThan(0)
    expect(Math.min(...pattern.literals.map((literal) => Buffer.byteLength(literal)))).toBeGreaterThanOrEqual(4)
    expect(pattern.weight).toBeGreaterThan(0)
    expect(pattern.weight).toBeLessThanOrEqual(1)
    if (pattern.role === 'cause') expect(pattern.category).toBeDefined()
  })
  it('keeps no state between lines', () => expect(pattern.regex.flags).not.toMatch(/[gy]/))
  it('holds no unbounded repeat of a repeat', () => expect(nestedRepeat(pattern)).toBeUndefined())
  it('takes linear time on hostile lines', () => {
    for (const line of hostileLines(pattern))
      expect(
        cpuMs(() => pattern.regex.test(line)),
        `on ${line.slice(0, 40)}…`,
      ).toBeLessThan(50)
  })
})

it('every file of patterns is in the library, and every id is there once', () => {
  const ids = library.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const files = readdirSync(import.meta.dirname).filter((name) => !/^(?:library|pattern)\b/.test(name))
  expect(files.length).toBeGreaterThan(15)
})

/** A group that repeats without bound and holds another unbounded repeat: the shape that backtracks exponentially. */
function nestedRepeat({ regex }: Pattern): string | undefined {
  return /\((?:[^()\\]|\\.)*[*+](?:[^()\\]|\\.)*\)(?:[*+]|\{\d*,\})/.exec(regex.source)?.[0]
}

/** Processor time, the best of three if the first is long: other processes and compilation do not count. */
function cpuMs(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3 && best > 20; round += 1) {
    const started = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(started)
    best = Math.min(best, (user + system) / 1_000)
  }
  return best
}

/** Lines of the longest size that is ever matched, made of what the pattern almost matches. */
function hostileLines(pattern: Pattern): readonly string[] {
  const size = 8_000
  const seeds = [
    ...pattern.examples.matches,
    ...pattern.literals,
    ' ',
    'a',
    '0',
    'a.',
    ' 1:',
    '(',
    '-> ',
    '".',
    'error ',
    '/a',
  ]
  return seeds.flatMap((seed) => [
    seed.repeat(Math.ceil(size / seed.length)).slice(0, size),
    `${pattern.literals[0]}${seed.repeat(Math.ceil(size / seed.length))}`.slice(0, size),
    `${seed.slice(0, -1).repeat(Math.ceil(size / Math.max(1, seed.length - 1)))}!`.slice(0, size),
  ])
}
