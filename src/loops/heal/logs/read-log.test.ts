import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { lineReader } from './lines-of.ts'
import { readLog } from './read-log.ts'
import type { LogReading } from './reading.ts'

async function* pieces(bytes: Uint8Array, size = 1_000): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const read = (text: string, size?: number): Promise<LogReading> => readLog(pieces(Buffer.from(text), size))
const lineOf = (reading: LogReading, line: number): string | undefined => lineReader(reading)(line)

describe('lines', () => {
  it.each([
    ['', 0],
    ['one', 1],
    ['one\n', 1],
    ['one\ntwo', 2],
    ['a\rb\rc\n', 1],
    ['a\r\nb\r\n', 2],
    ['\n\n\n', 3],
  ])('of %j are %i', async (text, lines) => expect((await read(text)).lines).toBe(lines))

  it('are the same however the bytes arrive', async () => {
    const text = `${`äöü ✓ ${'x'.repeat(300)}\n`.repeat(50)}src/cart.ts(12,7): error TS2322: 'é'\nend`
    const whole = await read(text, 1_000_000)
    for (const size of [1, 7, 4_096]) expect(await read(text, size)).toEqual(whole)
  })
  it('lose timestamps, byte order marks, colours and overwritten progress', async () => {
    const reading = await read(
      '\ufeff2026-01-31T10:11:12.1234567Z first\n2026-01-31T10:11:13.0000000Z \x1b[31mred\x1b[0m\n10 %\r50 %\rdone\n',
    )
    expect([1, 2, 3].map((line) => lineOf(reading, line))).toEqual(['first', 'red', 'done'])
    expect(reading.timing.firstMs).toBe(Date.parse('2026-01-31T10:11:12.123Z'))
  })
  it('of 10 MB are counted fully and kept in part', async () => {
    const reading = await read(`before\n${'x'.repeat(10_000_000)} error TS9999 tail\nError: after\n`, 65_536)
    expect(reading.lines).toBe(3)
    expect(lineOf(reading, 2)?.length).toBeLessThanOrEqual(2_000)
    expect(reading.hits.map(({ line }) => line)).toContain(3)
    expect(JSON.stringify(reading).length).toBeLessThan(100_000)
  })
})

describe('what a log is wrapped in', () => {
  const text = 'one\nsrc/cart.ts(12,7): error TS2322: no\nthree\n'
  it('is told by its first bytes: gzip and UTF-16', async () => {
    expect((await readLog(pieces(gzipSync(text)))).lines).toBe(3)
    expect((await readLog(pieces(Buffer.from(`\ufeff${text}`, 'utf16le'), 3))).hits[0]?.line).toBe(2)
  })
  it('may be the zip of a run: whole jobs in their order, steps only without them', async () => {
    const reading = await readLog(
      pieces(await zip({ '10_last.txt': 'c\n', '2_first.txt': 'a\nb\n', 'first/1_x.txt': 'no\n' })),
    )
    expect(reading.lines).toBe(3)
    expect(lineOf(reading, 1)).toBe('a')
    expect((await readLog(pieces(await zip({ 'job/1_a.txt': 'a\n', 'job/2_b.txt': 'b\n' })))).lines).toBe(2)
  })
  it('is read as far as it goes when it was cut short, and says so', async () => {
    const packed = gzipSync(`${text.repeat(20_000)}`, { level: 0 })
    const reading = await readLog(pieces(packed.subarray(0, packed.length / 2)))
    expect(reading.problem?.code).toBe('damaged-archive')
    expect(reading.lines).toBeGreaterThan(1_000)
    const archive = await zip({ '1_a.txt': text })
    expect((await readLog(pieces(archive.subarray(0, archive.length - 10)))).problem?.code).toBe('damaged-archive')
  })
  it('with a name outside of the archive is refused', async () => {
    const archive = Buffer.from(await zip({ 'aa/aa/evil.txt': 'x\n' }))
    const evil = Buffer.from(archive.toString('latin1').replaceAll('aa/aa/evil', '../../evil'), 'latin1')
    expect((await readLog(pieces(evil))).problem?.code).toBe('unsafe-archive')
  })
  it('with too many files or no log is refused', async () => {
    const archive = await zip({ '1_a.txt': 'a\n' })
    // The number of files stands in the last record, twice.
    archive.writeUInt16LE(10_001, archive.length - 14)
    archive.writeUInt16LE(10_001, archive.length - 12)
    expect((await readLog(pieces(archive))).problem?.code).toBe('archive-too-large')
    expect((await readLog(pieces(await zip({ 'a.png': 'x' })))).problem?.code).toBe('no-log-in-archive')
  })
  it('that unpacks without end is stopped', async () => {
    const bomb = gzipSync(Buffer.alloc(260 * 1024 * 1024, 0x61), { level: 9 })
    const reading = await readLog(pieces(bomb, 65_536))
    expect(reading.problem?.code).toBe('archive-too-large')
  }, 60_000)
  it.each([
    ['empty', Buffer.alloc(0)],
    ['binary', Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7) % 256))],
  ] as const)('that is %s is named', async (code, bytes) =>
    expect((await readLog(pieces(bytes))).problem?.code).toBe(code),
  )
  it('fails as its source fails', async () => {
    async function* broken(): AsyncIterable<Uint8Array> {
      yield gzipSync('abc').subarray(0, 12)
      throw new Error('the connection broke off')
    }
    await expect(readLog(broken())).rejects.toThrow('the connection broke off')
  })
})

describe('structure', () => {
  it('of GitHub Actions is its steps', async () => {
    const time = '2026-01-31T10:11:12.1234567Z '
    const reading = await read(
      [
        '##[group]Run actions/checkout@v4',
        'x',
        '##[group]Run npm test',
        'not ok 1 - adds up',
        '##[error]Process completed with exit code 1.',
        'Post job cleanup.',
      ]
        .map((line) => `${time}${line}\n`)
        .join(''),
    )
    expect(reading.ci).toBe('github-actions')
    expect(reading.sections.map(({ name, start, end, phase }) => [name, start, end, phase])).toEqual([
      ['Run actions/checkout@v4', 1, 2, 'checkout'],
      ['Run npm test', 3, 5, 'test'],
      ['Post job cleanup', 6, 6, 'post'],
    ])
  })
  it('of GitLab is its sections, also where an end and a start share a line', async () => {
    const reading = await read(
      '\x1b[0Ksection_start:1700000000:get_sources\r\x1b[0KGetting source\nsection_end:1700000001:get_sources\r\x1b[0Ksection_start:1700000001:step_script\r\x1b[0KExecuting\n$ make\nsection_end:1700000009:step_script\r\x1b[0K\nERROR: Job failed: exit code 2\n',
    )
    expect(reading.ci).toBe('gitlab-ci')
    expect(reading.sections.map(({ name, start, end }) => [name, start, end])).toEqual([
      ['get_sources', 1, 2],
      ['step_script', 2, 4],
    ])
    expect(lineOf(reading, 1)).toBe('Getting source')
  })
  it('of Travis is its commands, with their exit codes', async () => {
    const reading = await read(
      'travis_fold:start:install\r\x1b[0Ktravis_time:start:0a\r\x1b[0K$ npm ci\nadded\ntravis_time:end:0a:start=1,finish=2,duration=1\r\x1b[0Ktravis_fold:end:install\r\x1b[0Ktravis_time:start:0b\r\x1b[0K$ npm test\n1 failing\ntravis_time:end:0b:start=1,finish=2,duration=1\r\x1b[0K\x1b[31;1mThe command "npm test" exited with 1.\x1b[0m\n',
    )
    expect(reading.ci).toBe('travis-ci')
    expect(reading.sections.at(-1)).toMatchObject({ name: 'npm test', exitCode: 1, phase: 'test' })
  })
  it('of Jenkins is its stages', async () => {
    const reading = await read(
      'Started by user admin\n[Pipeline] {\n[Pipeline] { (Build)\n[Pipeline] sh\n+ make\n[Pipeline] }\n[Pipeline] }\nFinished: FAILURE\n',
    )
    expect(reading.ci).toBe('jenkins')
    expect(reading.sections.find(({ name }) => name === 'Build')).toMatchObject({ start: 3, end: 6, phase: 'build' })
  })
  it('tells the last silence', async () => {
    const at = (second: number): string =>
      new Date(1_767_225_600_000 + second * 1_000).toISOString().replace('Z', '0000Z')
    const reading = await read(
      `${at(0)} start\n${at(5)} waiting for the lock\n${at(605)} ##[error]The operation was canceled.\n`,
    )
    expect(reading.timing.silence).toEqual({ line: 2, ms: 600_000 })
  })
})

describe('what is kept', () => {
  it('is bounded in a log that is all errors, and holds its first and its last', async () => {
    const reading = await read('Error: something broke again here\n'.repeat(300_000), 1_000_000)
    expect(reading.lines).toBe(300_000)
    expect(reading.hits.length).toBeLessThan(500)
    expect(reading.hits[0]?.line).toBe(1)
    expect(reading.hits.at(-1)?.line).toBe(300_000)
    expect(JSON.stringify(reading).length).toBeLessThan(500_000)
  })
  it('keeps the lines around an early cause, however long the log goes on', async () => {
    const reading = await read(
      `context\nsrc/cart.ts(12,7): error TS2322: no\nafterwards\n${'a line of ordinary output that says nothing\n'.repeat(250_000)}`,
      1_000_000,
    )
    expect([1, 2, 3].map((line) => lineOf(reading, line))).toEqual([
      'context',
      'src/cart.ts(12,7): error TS2322: no',
      'afterwards',
    ])
  })
  it('never holds a secret, not even the middle of a key', async () => {
    const token = `ghp_${'a1B2'.repeat(9)}`
    const body = Array.from({ length: 40 }, (_, index) => `MIIE${index}${'Zx9'.repeat(18)}`)
    const reading = await read(
      [
        '-----BEGIN RSA PRIVATE KEY-----',
        ...body,
        '-----END RSA PRIVATE KEY-----',
        `Error: bad token ${token}`,
        '',
      ].join('\n'),
    )
    const all = JSON.stringify(reading)
    expect(all).not.toContain(token)
    for (const line of body) expect(all).not.toContain(line)
    expect(lineOf(reading, 43)).toBe('Error: bad token ***')
  })
})

async function zip(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const archive = new ZipFile()
  for (const [name, text] of Object.entries(files)) archive.addBuffer(Buffer.from(text), name)
  archive.end()
  const parts: Buffer[] = []
  for await (const part of archive.outputStream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
