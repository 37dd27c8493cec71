import { expect, test } from 'vitest'
import { evaluate, evaluateCondition, interpolate, resolve, type Scope } from './expressions.ts'

const status = (success: boolean, failure = !success, cancelled = false) => ({
  success: () => success,
  failure: () => failure,
  cancelled: () => cancelled,
})
const scope: Scope = {
  contexts: {
    github: { ref: 'refs/heads/main', event: { commits: [{ id: 'a' }, { id: 'b' }] } },
    env: { Mode: 'fast', EMPTY: '' },
    matrix: { node: 22 },
  },
  hashFiles: (patterns) => patterns.join('+'),
}

test.each([
  ["github.ref == 'REFS/HEADS/MAIN'", true],
  ['env.mode', 'fast'],
  ['env.missing', null],
  ["env.missing == ''", true],
  ['matrix.node >= 20', true],
  ["matrix.node == '22'", true],
  ['matrix.missing.deeper', null],
  ["env.EMPTY || 'default'", 'default'],
  ["env.Mode && 'yes' || 'no'", 'yes'],
  ["join(github.event.commits.*.id, ',')", 'a,b'],
  ["contains('Hello', 'ELL')", true],
  ["contains(fromJSON('[1,2]'), 2)", true],
  ["format('{0} {{x}} {1}', 'a', 3)", 'a {x} 3'],
  ["case(false, 'a', true, 'b', 'c')", 'b'],
  ["hashFiles('a', 'b')", 'a+b'],
  ['', null],
])('%s is %j', (expression, expected) => {
  expect(evaluate(expression, scope)).toEqual(expected)
})

test.each([
  ['a ${{ matrix.node }} b', 'a 22 b'],
  ["${{ format('{0}', '}}') }}!", '}}!'],
  ['no expression } } $ {', 'no expression } } $ {'],
  ['${{ github.event }}', 'Object'],
  ['${{ env.missing }}', ''],
])('%s becomes %j', (text, expected) => {
  expect(interpolate(text, scope)).toBe(expected)
})

test('a whole expression keeps its type, in lists and maps too; insert adds the members of a map', () => {
  const template = {
    a: ['${{ matrix.node }}', 'n${{ matrix.node }}'],
    '${{ insert }}': '${{ fromJSON(\'{"b":true}\') }}',
  }
  expect(resolve(template, scope)).toEqual({ a: [22, 'n22'], b: true })
})

test.each([
  [undefined, true, true],
  [undefined, false, false],
  ["env.Mode == 'fast'", true, true],
  ["env.Mode == 'fast'", false, false],
  ['always()', false, true],
  ['failure()', false, true],
  ['failure()', true, false],
  ["failure() && env.Mode == 'slow'", false, false],
  ['!cancelled()', false, true],
  ["${{ always() && env.Mode == 'fast' }}", false, true],
  // The well-known traps: a text is true, whatever it says; text around an expression makes a text.
  ["${{ 'false' }}", true, true],
  ['${{ false }} && x', true, true],
  ["contains('failure()', 'x')", false, false],
  [false, true, false],
] as const)('if: %s after success=%s is %s', (condition, succeeded, expected) => {
  expect(evaluateCondition(condition, { ...scope, status: status(succeeded) })).toBe(expected)
})

test.each([
  ['${{ env.x', /not closed/],
  ['${{ nosuch.x }}', /Unrecognized named-value: 'nosuch'/],
  ['${{ nosuch() }}', /Unrecognized function/],
  ['${{ success() }}', /Unrecognized function/],
  ["${{ fromJSON('{') }}", /cannot evaluate/],
])('%s is refused with a sentence', (text, message) => {
  expect(() => interpolate(text, scope)).toThrow(message)
})

test('an expression that multiplies itself is stopped', () => {
  const ten = `format('${'{0}'.repeat(100)}', `
  expect(() => evaluate(`${ten.repeat(6)}'x'${')'.repeat(6)}`, scope)).toThrow(/memory size/)
})
