import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { harmless, parseHarmlessly, safeLink } from './harmless.ts'

describe('harmless', () => {
  it('shows terminal codes and direction marks instead of obeying them', () => {
    expect(harmless('\u001b[31mred\u001b[0m')).toBe('␛[31mred␛[0m')
    expect(harmless('user\u202Etxt.exe')).toBe('user⟨U+202E⟩txt.exe')
    expect(harmless('progress\r100%\u007f')).toBe('progress␍100%␡')
  })

  it('leaves words of every script, tabs and line ends alone', () => {
    const text = 'a\tb\nnaïve 日本語 עברית 🧵'
    expect(harmless(text)).toBe(text)
  })

  it('leaves nothing unruly behind and is settled after one pass', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = harmless(text)
        expect(shown).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u202A-\u202E\u2066-\u2069]/)
        expect(harmless(shown)).toBe(shown)
      }),
    )
  })

  it('reaches every string of an answer, names too', () => {
    expect(parseHarmlessly('{"a\\u001b":{"\\u202E":1}}')).toEqual({ 'a␛': { '⟨U+202E⟩': 1 } })
    expect(parseHarmlessly('{"a":["\\u001b[0m",{"b":"\\u202E"}],"n":1}')).toEqual({
      a: ['␛[0m', { b: '⟨U+202E⟩' }],
      n: 1,
    })
  })
})

describe('safeLink', () => {
  it('follows the web and nothing else', () => {
    expect(safeLink('https://example.com/run/1')).toBe('https://example.com/run/1')
    for (const url of ['javascript:alert(1)', 'data:text/html,x', '/relative', 'not a link', null]) {
      expect(safeLink(url)).toBeNull()
    }
  })
})
