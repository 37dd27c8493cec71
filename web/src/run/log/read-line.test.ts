import { describe, expect, it } from 'vitest'
import { readLine } from './read-line.ts'

describe('reading a line of a log', () => {
  it.each([
    ['plain words', null, 'plain', 'plain words'],
    ['2026-01-02T03:04:05.1234567Z words', '2026-01-02T03:04:05.1234567Z', 'plain', 'words'],
    ['2026-01-02T03:04:05Z ##[group]Run npm test', '2026-01-02T03:04:05Z', 'group', 'Run npm test'],
    ['##[endgroup]', null, 'endgroup', ''],
    ['##[error]Process completed with exit code 1.', null, 'error', 'Process completed with exit code 1.'],
    ['::error file=a.ts,line=3::wrong type', null, 'error', 'wrong type'],
    ['##[section]Starting: build', null, 'command', 'Starting: build'],
    ['a ##[error] in the middle', null, 'plain', 'a ##[error] in the middle'],
    ['2026-01-02T03:04:05.123Z', null, 'plain', '2026-01-02T03:04:05.123Z'],
    ['', null, 'plain', ''],
    ['[command]git init', null, 'command', 'git init'],
    ['␛[36;1mnode build.ts␛[0m done', null, 'plain', 'node build.ts done'],
    ['2026-01-02T03:04:05Z ␛[31m##[error]bad␛[0m', '2026-01-02T03:04:05Z', 'error', 'bad'],
  ])('takes %j apart', (line, time, mark, text) => expect(readLine(line)).toEqual({ time, mark, text }))

  it('is quick on hostile lines', () => {
    const line = `##[error ${'a '.repeat(500_000)}`
    const before = performance.now()
    expect(readLine(line).mark).toBe('plain')
    expect(performance.now() - before).toBeLessThan(100)
  })
})
