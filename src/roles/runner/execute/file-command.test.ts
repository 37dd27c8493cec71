import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAssignments, readPathEntries } from './file-command.ts'

test.each([
  ['nothing', '', []],
  ['a value', 'a=b', [['a', 'b']]],
  ['an empty value', 'a=\n', [['a', '']]],
  ['a value with = in it', 'a=b=c\n', [['a', 'b=c']]],
  [
    'lines of Windows',
    'a=b\r\nc=d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['empty lines between', '\n\na=b\n\n', [['a', 'b']]],
  [
    'a heredoc',
    'a<<EOF\none\ntwo\nEOF\nb=c',
    [
      ['a', 'one\ntwo'],
      ['b', 'c'],
    ],
  ],
  ['a heredoc that looks like assignments', 'a<<E\nb=c\nd<<F\nE\n', [['a', 'b=c\nd<<F']]],
  ['an empty heredoc', 'a<<E\nE\n', [['a', '']]],
  ['a heredoc of one empty line', 'a<<E\n\nE\n', [['a', '']]],
  ['a delimiter at the very end', 'a<<E\nx\nE', [['a', 'x']]],
  ['= before <<', 'a=b<<c\n', [['a', 'b<<c']]],
  ['<< before =', 'a<<b=c\nv\nb=c\n', [['a', 'v']]],
  [
    'the later of two',
    'a=1\na=2',
    [
      ['a', '1'],
      ['a', '2'],
    ],
  ],
  ['a heredoc of Windows keeps its inner ends', 'a<<E\r\none\r\ntwo\r\nE\r\n', [['a', 'one\r\ntwo']]],
])('%s', (_name, text, expected) => {
  expect(readAssignments(text)).toEqual(expected)
})

test.each([
  ['no delimiter line', 'a<<EOF\none\n', /Matching delimiter not found/],
  ['no newline after the delimiter', 'a<<EOF', /Matching delimiter not found/],
  ['a delimiter that is only the start of a line', 'a<<EOF\nEOFX\n', /Matching delimiter not found/],
  ['no name', '=b', /Name must not be empty/],
  ['no name in a heredoc', '<<EOF\nEOF', /must not be empty/],
  ['no delimiter', 'a<<\nx', /must not be empty/],
  ['neither', 'just text', /Invalid format 'just text'/],
])('%s is an error', (_name, text, message) => {
  expect(() => readAssignments(text)).toThrow(message)
})

test('what is written is read back, in either form', () => {
  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/)
  const line = fc.string().filter((text) => !/[\r\n]/.test(text))
  const value = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'))
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value, fc.boolean())), (entries) => {
      const text = entries
        .map(([key, content, heredoc]) =>
          heredoc || content.includes('\n')
            ? `${key}<<ghadelimiter_1\n${content}\nghadelimiter_1\n`
            : `${key}=${content}\n`,
        )
        .join('')
      expect(readAssignments(text)).toEqual(entries.map(([key, content]) => [key, content]))
    }),
  )
})

test('any text is read or refused with a sentence, never anything else', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '=', '<', '\n', '\r', 'E') }), (text) => {
      try {
        for (const [name] of readAssignments(text)) expect(name).not.toBe('')
      } catch (error) {
        expect(String(error)).toMatch(/^Invalid: Invalid (?:format|value)/)
      }
    }),
  )
})

test('GITHUB_PATH holds one entry a line', () => {
  expect(readPathEntries('/a\r\n/b c\n\n')).toEqual(['/a', '/b c'])
})
