import { describe, expect, it } from 'vitest'
import { diagnose } from '../diagnose.ts'
import { readLog } from '../logs/read-log.ts'
import { readSignatures } from './file.ts'
import { knownSignatures } from './known.ts'

const { signatures } = readSignatures(`
- id: shop.tills
  query: message:"till" AND message:"out of paper" AND tags:console AND build_name:till*
  category: infra.provision
  says: a till of the test bench ran out of paper
  url: https://wiki.example.com/tills
  remedy: rerun-failed
- id: seen
  query: '"exit code 1"'
`)
const known = knownSignatures(signatures)

async function diagnosed(log: string, job: string) {
  async function* bytes() {
    yield Buffer.from(log)
  }
  const reading = await readLog(bytes(), { signatures: known.on({ build_name: job }) })
  return diagnose(reading)
}
const rows = (count: number) => Array.from({ length: count }, (_, index) => `row ${index}`).join('\n')
const logOf = (till: number, before = 200) =>
  `${rows(before)}\nTill ${till} is OUT of paper!\n${rows(200)}\nTypeError: x is not a function\nProcess completed with exit code 1.\n`

describe('a signature that hits', () => {
  it('names the category, the family and the sentence, and its line is shown', async () => {
    const diagnosis = await diagnosed(logOf(4), 'till-tests')
    expect(diagnosis).toMatchObject({ category: 'infra.provision', abstained: false, owner: 'platform' })
    expect(diagnosis.sentence).toBe('A till of the test bench ran out of paper (line 201, signature shop.tills).')
    expect(diagnosis.evidence).toContain(
      'line 201: signature shop.tills: a till of the test bench ran out of paper (https://wiki.example.com/tills); who wrote it would rerun failed',
    )
    expect(diagnosis.signatures).toEqual([
      { id: 'shop.tills', line: 201, count: 1 },
      { id: 'seen', line: 403, count: 1 },
    ])
    expect(diagnosis.excerpts.flatMap(({ text }) => text)).toContain('Till 4 is OUT of paper!')
  })

  it('makes one family of whatever else differs', async () => {
    const one = await diagnosed(logOf(4), 'till-tests')
    const other = await diagnosed(`other things\n${logOf(17, 3)}`, 'till-lint')
    expect(other.fingerprint.family).toBe(one.fingerprint.family)
  })
})

it('a signature about other jobs changes nothing', async () => {
  const diagnosis = await diagnosed(logOf(4), 'lint')
  expect(diagnosis.category).not.toBe('infra.provision')
  expect(diagnosis.signatures).toEqual([{ id: 'seen', line: 403, count: 1 }])
})
