import { expect, it } from 'vitest'
import { readSignatures } from './file.ts'

it('reads what people write', () => {
  const { signatures, problems } = readSignatures(`
signatures:
  - id: registry-down
    query: message:"registry.example.com" AND message:"connection refused"
    category: net.connect
    says: our own registry does not answer
    url: https://wiki.example.com/registry
    remedy: rerun-failed
  - id: port
    query: '"address already in use"'
    bug: 4711
`)
  expect(problems).toEqual([])
  expect(signatures).toMatchObject([
    {
      id: 'registry-down',
      category: 'net.connect',
      says: 'our own registry does not answer',
      url: 'https://wiki.example.com/registry',
      remedy: 'rerun-failed',
      query: { kind: 'and' },
    },
    { id: 'port', url: 'bug 4711', query: { kind: 'phrase', text: 'address already in use' } },
  ])
})

it('a broken signature costs itself, and the problem names its line', () => {
  const { signatures, problems } = readSignatures(`- id: good
  query: disk
- id: bad
  query: message:"open
- id: worse
  query: x
  category: network
  colour: red
- just words
- id: good
  query: again
`)
  expect(signatures.map(({ id }) => id)).toEqual(['good'])
  expect(problems).toEqual([
    expect.stringMatching(/^\.mendline\/signatures\.yml, line 4: the query of bad, character 9 .*never closed/),
    expect.stringMatching(/^\.mendline\/signatures\.yml, line 7: category: /),
    '.mendline/signatures.yml, line 8: nothing is known as "colour"',
    expect.stringMatching(/^\.mendline\/signatures\.yml, line 9: /),
    '.mendline/signatures.yml: good is there twice; the first one counts',
  ])
})

it('a file that is no list, or that no parser should see, is refused in a sentence', () => {
  expect(readSignatures('  \n')).toEqual({ signatures: [], problems: [] })
  expect(readSignatures('a: 1').problems).toEqual([
    '.mendline/signatures.yml, line 1: wants a list of signatures, each with an id and a query',
  ])
  expect(readSignatures('['.repeat(50_000)).problems).toEqual([
    '.mendline/signatures.yml is nested too deep; write it plainly',
  ])
  expect(readSignatures('- id: "x').problems[0]).toMatch(/^\.mendline\/signatures\.yml, line 1: /)
  expect(readSignatures(`# ${'x'.repeat(300_000)}`).problems[0]).toMatch(/larger than 256 KiB/)
})
