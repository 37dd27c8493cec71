import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainLine, plainText } from './text.ts'

describe('text from outside', () => {
  it.each([
    ['\x1b[31mred\x1b[0m', 'red'],
    ['\x1b]0;title\x07after', 'after'],
    ['\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\', 'link'],
    ['\x9b31mred', 'red'],
    ['\x1bPdevice\x1b\\ok', 'ok'],
    ['\x1b[8mha:AAAAbase64\x1b[0mJenkins', 'Jenkins'],
    ['bell\x07 null\x00 back\x08', 'bell null back'],
    ['a\ttab and\nnewline', 'a\ttab and\nnewline'],
    ['user\u202enimda', 'user<U+202E>nimda'],
    ['zero\u200bwidth', 'zero<U+200B>width'],
    ['lone \ud800 surrogate', 'lone \ufffd surrogate'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
  ])('%j is shown as %j', (given, shown) => expect(plainText(given)).toBe(shown))

  it('is cut, and never in the middle of a character', () => {
    expect(plainText('x'.repeat(50), 10)).toBe(`${'x'.repeat(9)}…`)
    expect(plainText('😀'.repeat(50), 10).isWellFormed()).toBe(true)
  })
  it('on one line has no line breaks', () => expect(plainLine('  a\n\tb  c ')).toBe('a b c'))
  it('never lets a terminal obey anything, whatever comes', () => {
    const part = fc.oneof(
      fc.constantFrom('\x1b[', '\x1b]', '\x9b', '\x07', '\u202e', '\ud800', '😀', '\n'),
      fc.string({ unit: 'binary-ascii', maxLength: 8 }),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const shown = plainText(parts.join(''), 200)
        expect(shown).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/)
        expect(shown.length).toBeLessThanOrEqual(200)
      }),
    )
  })
})
