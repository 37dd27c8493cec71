import { describe, expect, test } from 'vitest'
import { isNestedTooDeep } from './yaml-nesting.ts'

describe('YAML nested beyond what people write', () => {
  test.each([
    ['open brackets', '['.repeat(200)],
    ['open braces', '{a: '.repeat(200)],
    ['explicit keys in one line', '? '.repeat(60)],
    ['explicit keys in brackets', '[? a, '.repeat(60)],
    ['explicit keys over lines', '?\n'.repeat(60)],
    ['sequences in one line', `${'- '.repeat(60)}x`],
  ])('%s', (_about, text) => {
    expect(isNestedTooDeep(text)).toBe(true)
  })

  test.each([
    [
      'a workflow',
      'jobs:\n  a:\n    steps:\n      - run: |\n          [[ $? -eq 0 ]] && echo "${x:-{}}" || exit 1\n      - { run: "a ? b : c" }\n',
    ],
    ['many brackets one after another', '[1, [2]]\n'.repeat(500)],
    ['a ruler', `# ${'-'.repeat(200)}\n---\na: 1\n`],
    ['nothing', ''],
  ])('not %s', (_about, text) => {
    expect(isNestedTooDeep(text)).toBe(false)
  })
})
