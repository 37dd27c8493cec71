import { expect, test } from 'vitest'
import type { CallRules } from './called.ts'
import { parseWorkflow } from './parse.ts'

const called = (more: string) =>
  `on: {workflow_call: {${more}}}\njobs:\n  inner: {runs-on: ubuntu-latest, steps: [{run: x}]}\n`
const caller = (more: string) => `on: push\njobs:\n  outer:\n    uses: ./.github/workflows/called.yml\n${more}`

function told(text: string, files: Readonly<Record<string, string>>, rules: Partial<CallRules> = {}): string[] {
  const read = (uses: string) => files[uses.replace('./.github/workflows/', '')]
  return parseWorkflow(text, 'ci.yml', { calls: { read, ...rules } })
    .problems.filter((problem) => problem.severity === 'error')
    .map(({ line, column, sentence }) => `${line}:${column} ${sentence}`)
}

const inputs = 'inputs: {flag: {type: boolean, required: true}, n: {type: number}}, secrets: {key: {required: true}}'

test.each([
  ['a call that fits', 'with: {flag: true, n: 3}\n    secrets: {key: x}', []],
  ['expressions are judged later', 'with: {flag: "${{ github.x }}"}\n    secrets: inherit', []],
  [
    'what is missing',
    '',
    [
      '4:11 Input flag is required, but not provided while calling.',
      '4:11 Secret key is required, but not provided while calling.',
    ],
  ],
  [
    'an unknown input',
    'with: {flag: true, x: 1}\n    secrets: inherit',
    ['5:27 Invalid input, x is not defined in the referenced workflow.'],
  ],
  [
    'a wrong type',
    'with: {flag: maybe, n: many}\n    secrets: inherit',
    ["5:18 Unexpected value 'maybe'", "5:28 Unexpected value 'many'"],
  ],
  [
    'an unknown secret',
    'with: {flag: true}\n    secrets: {key: x, other: y}',
    ['6:30 Invalid secret, other is not defined in the referenced workflow.'],
  ],
])('%s', (_name, more, expected) => {
  expect(told(caller(`    ${more}\n`), { 'called.yml': called(inputs) })).toEqual(expected)
})

test.each([
  ['', 'limited-read', 'contents: read', undefined],
  ['', 'limited-read', 'contents: write', 'contents: read'],
  ['', 'write', 'contents: write', undefined],
  ['permissions: {issues: read}', 'write', 'issues: write', 'issues: read'],
  ['permissions: {}', 'write', 'issues: read', 'issues: none'],
  ['permissions: write-all', 'limited-read', 'id-token: write', undefined],
] as const)('a call with "%s" under %s may ask for %s unless %s', (own, permissions, asked, allowed) => {
  const files = { 'called.yml': `permissions: {${asked}}\n${called('')}` }
  const answer = told(caller(`    ${own}\n`), files, { permissions })
  expect(answer).toEqual(
    allowed === undefined
      ? []
      : [
          `3:3 Error calling workflow './.github/workflows/called.yml'. The workflow './.github/workflows/called.yml' is requesting '${asked}', but is only allowed '${allowed}'.`,
        ],
  )
})

test('a call that cannot be read, that goes round in a circle, or that grows too large', () => {
  expect(told(caller(''), {})).toEqual(["4:11 Unable to find reusable workflow './.github/workflows/called.yml'"])
  const round = `on: workflow_call\njobs:\n  a: {uses: ./.github/workflows/called.yml}\n  b: {uses: ./.github/workflows/called.yml}\n`
  expect(told(caller(''), { 'called.yml': round })[0]).toBe('3:3 Nested reusable workflow depth exceeded 4.')
  expect(told(caller(''), { 'called.yml': called('') }, { jobs: 1 })).toEqual([
    '1:1 The workflow may not contain more than 1 jobs',
  ])
  expect(told(caller(''), { 'called.yml': called('') }, { bytes: 800 })[0]).toMatch(/Maximum object size exceeded$/)
})
