import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { examples } from '../../../test/github/examples.ts'
import { type ArchiveAnswer, defaultBounds, openArchive } from './archive.ts'
import { archivedName, filesOfJob } from './archive-names.ts'

async function zipOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  const parts: Buffer[] = []
  for await (const part of zip.outputStream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

async function textOf(answer: ArchiveAnswer, ...names: readonly string[]): Promise<string> {
  if (answer.kind === 'broken') return answer.sentence
  const parts: Uint8Array[] = []
  const files = names.flatMap((name) => answer.archive.files.filter((file) => file.name === name))
  for await (const part of answer.archive.open(files)) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

const job = (externalId: string, name: string) => ({ externalId, name })
const file = (name: string, bytes = 100) => ({ name, bytes })
const namesFor = (
  files: Parameters<typeof filesOfJob>[0],
  jobs: ReturnType<typeof job>[],
  wanted: ReturnType<typeof job>,
) => filesOfJob(files, jobs, wanted).map(({ name }) => name)

describe('the files of a job', () => {
  test('are its whole log where the archive has it', () => {
    const files = [
      file('0_build.txt', 300),
      file('build/1_Set up job.txt', 50),
      file('build/2_Run make.txt', 240),
      file('1_test.txt'),
    ]
    expect(namesFor(files, [job('1', 'build'), job('2', 'test')], job('1', 'build'))).toEqual(['0_build.txt'])
  })

  test('are its steps by number where it has no whole log', () => {
    const files = [
      file('build/10_Post.txt'),
      file('build/2_Run make.txt'),
      file('build/1_Set up job.txt'),
      file('build/system.txt'),
    ]
    expect(namesFor(files, [job('1', 'build')], job('1', 'build'))).toEqual([
      'build/1_Set up job.txt',
      'build/2_Run make.txt',
      'build/10_Post.txt',
    ])
  })

  test('are not what the service wrote down before the job, whichever of the two has the number', () => {
    const steps = [file('build/1_Set up job.txt', 500), file('build/2_Run make.txt', 9_000)]
    const jobs = [job('1', 'build')]
    expect(
      namesFor([file('1_build (1).txt', 448), file('1_build.txt', 9_940), ...steps], jobs, job('1', 'build')),
    ).toEqual(['1_build.txt'])
    expect(
      namesFor([file('1_build (1).txt', 9_940), file('1_build.txt', 448), ...steps], jobs, job('1', 'build')),
    ).toEqual(['1_build (1).txt'])
  })

  test('are found by order when jobs share a name', () => {
    const files = [
      file('build/1_a.txt'),
      file('build (1)/1_a.txt'),
      file('0_build.txt', 150),
      file('1_build (1).txt', 150),
    ]
    const jobs = [job('7', 'build'), job('8', 'build')]
    expect(namesFor(files, jobs, job('7', 'build'))).toEqual(['0_build.txt'])
    expect(namesFor(files, jobs, job('8', 'build'))).toEqual(['1_build (1).txt'])
  })

  test('are found under names that GitHub made shorter or rid of signs', () => {
    const long = `deploy / eu: ${'\u{1f680}'.repeat(60)}`
    expect(archivedName(long)).toHaveLength(90)
    expect(namesFor([file(`3_${archivedName(long)}.txt`)], [job('1', long)], job('1', long))).toHaveLength(1)
    expect(namesFor([file('2_call  inner.txt')], [job('1', 'call / inner')], job('1', 'call / inner'))).toEqual([
      '2_call  inner.txt',
    ])
  })

  test('are never those of a job that is only called alike', () => {
    const jobs = [job('1', 'test'), job('2', 'test (18)'), job('3', 'test (20)')]
    const files = [file('1_test (18).txt'), file('2_test (20).txt'), file('test (18)/1_a.txt', 90)]
    expect(namesFor(files, jobs, job('2', 'test (18)'))).toEqual(['1_test (18).txt'])
    expect(namesFor(files, jobs, job('1', 'test'))).toEqual([])
    expect(namesFor([], jobs, job('1', 'test'))).toEqual([])
  })

  test('are searched without harm for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string({ unit: 'binary' })), (name, names) =>
        Array.isArray(
          filesOfJob(
            names.map((each) => file(each)),
            [job('1', name)],
            job('1', name),
          ),
        ),
      ),
    )
  })
})

describe('an archive', () => {
  test('is read in place, each file starting on a new line', async () => {
    const answer = await openArchive(await zipOf({ 'a/1_x.txt': 'one', 'a/2_y.txt': 'two\n', 'a/3_z.txt': 'three' }))
    expect(await textOf(answer, 'a/1_x.txt', 'a/2_y.txt', 'a/3_z.txt')).toBe('one\ntwo\nthree')
  })

  test('with binary content gives the bytes as they are', async () => {
    const bytes = Buffer.from([0, 1, 2, 0xff, 0xfe, 0x1b])
    const answer = await openArchive(await zipOf({ '0_a.txt': bytes }))
    expect(await textOf(answer, '0_a.txt')).toBe(bytes.toString('utf8'))
  })

  test('cut short anywhere is broken or fails while reading, and never hangs', async () => {
    const whole = await zipOf({ '0_a.txt': 'line\n'.repeat(500), 'a/1_b.txt': 'x' })
    for (let length = 0; length < whole.length; length += 7) {
      const answer = await openArchive(whole.subarray(0, length))
      expect(answer.kind, `at ${length} of ${whole.length}`).toBe('broken')
    }
  })

  test('that is not one is broken', async () => {
    for (const bytes of ['', 'not a zip', '<html></html>', 'PK\u0003\u0004'])
      expect(await openArchive(Buffer.from(bytes))).toMatchObject({
        kind: 'broken',
        sentence: expect.stringMatching(/.{5}/),
      })
  })

  test.each(['../../../etc/cron.d/x', '/etc/passwd', 'C:/windows/x', 'a/../../x'])(
    'with the name %s is broken',
    async (name) => {
      const hidden = 'n'.repeat(name.length)
      const zip = await zipOf({ [hidden]: 'evil' })
      const slipped = Buffer.from(zip.toString('latin1').replaceAll(hidden, name), 'latin1')
      expect(await openArchive(slipped)).toMatchObject({
        kind: 'broken',
        sentence: expect.stringContaining(name.slice(0, 8)),
      })
    },
  )

  test('that would fill the disk is a bomb: by ratio, by size, by number of files', async () => {
    const bomb = await zipOf({ '0_a.txt': Buffer.alloc(64 * 2 ** 20, 0x61) })
    expect(bomb.length).toBeLessThan(100_000)
    expect(await openArchive(bomb)).toMatchObject({ kind: 'broken', sentence: expect.stringContaining('unpack') })
    const big = await zipOf({ '0_a.txt': 'a'.repeat(2_000), '1_b.txt': 'b'.repeat(2_000) })
    expect(await openArchive(big, { ...defaultBounds, maxBytes: 3_000 })).toMatchObject({ kind: 'broken' })
    expect(await openArchive(big, { ...defaultBounds, maxFiles: 1 })).toMatchObject({
      kind: 'broken',
      sentence: 'it lists 2 files',
    })
  })

  test('whose files overlap is a bomb', async () => {
    const overlapping = overlappingZip(40, Buffer.from('a log line\n'.repeat(100)))
    expect(await openArchive(overlapping)).toEqual({ kind: 'broken', sentence: 'its files overlap' })
  })

  test('whose file is longer than it says fails while it is read', async () => {
    const zip = await zipOf({ '0_a.txt': 'a'.repeat(5_000) })
    const lying = Buffer.from(zip)
    lying.writeUInt32LE(10, lying.indexOf('PK\u0001\u0002') + 24)
    await expect(textOf(await openArchive(lying), '0_a.txt')).rejects.toThrow(/too many bytes/)
  })

  test('of any bytes never throws', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        async (bytes) => (await openArchive(Buffer.from(bytes))).kind === 'broken',
      ),
    )
  })
})

test('every real archive is read, and each job in it is found by its name', async () => {
  const own = await zipOf({
    '1_build (1).txt': 'Preparing\n',
    '2_build.txt': 'Waiting for a runner\nReady\nDone\n',
    'build/1_Set up job.txt': 'Ready\n',
    'build/2_Run make.txt': 'Done\n',
  })
  const real = await examples('bump.tar.xz', /workflowLogs.*\.zip$/)
  for (const { path, bytes } of [...real, { path: 'our own', bytes: own }]) {
    const answer = await openArchive(bytes)
    if (answer.kind === 'broken') throw new Error(`${path}: ${answer.sentence}`)
    const { files } = answer.archive
    const folders = [
      ...new Set(files.filter(({ name }) => name.includes('/')).map(({ name }) => name.split('/')[0] ?? '')),
    ]
    const jobs = folders.map((name, index) => job(String(index), name))
    for (const wanted of jobs) {
      const steps = files.filter(({ name }) => name.startsWith(`${wanted.name}/`))
      const found = filesOfJob(files, jobs, wanted)
      const stepBytes = steps.reduce((sum, { bytes: size }) => sum + size, 0)
      const bytesFound = found.reduce((sum, { bytes: size }) => sum + size, 0)
      expect(bytesFound, `${path}: ${wanted.name}`).toBeGreaterThanOrEqual(stepBytes)
      // The whole log has little more than its steps: what it waited for.
      expect(bytesFound - stepBytes, `${path}: ${wanted.name}`).toBeLessThan(2_000)
    }
  }
})

/** Many entries over one body: the trick of the bombs that no ratio per file can see. */
function overlappingZip(entries: number, content: Buffer): Buffer {
  const name = Buffer.from('0_a.txt')
  const local = Buffer.alloc(30)
  local.write('PK\u0003\u0004', 'latin1')
  local.writeUInt32LE(crc32(content), 14)
  local.writeUInt32LE(content.length, 18)
  local.writeUInt32LE(content.length, 22)
  local.writeUInt16LE(name.length, 26)
  const central = Array.from({ length: entries }, () => {
    const header = Buffer.alloc(46)
    header.write('PK\u0001\u0002', 'latin1')
    local.copy(header, 16, 14, 30)
    return Buffer.concat([header, name])
  })
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(entries, 8)
  end.writeUInt16LE(entries, 10)
  end.writeUInt32LE(Buffer.concat(central).length, 12)
  end.writeUInt32LE(local.length + name.length + content.length, 16)
  return Buffer.concat([local, name, content, ...central, end])
}
