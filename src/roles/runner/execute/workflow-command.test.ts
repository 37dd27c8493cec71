import { expect, test } from 'vitest'
import { readWorkflowCommand } from './workflow-command.ts'

test.each([
  ['::error::it broke', { name: 'error', properties: {}, message: 'it broke' }],
  [
    '::error file=a.js,line=10,title=A%2CB%3A::100%25 broken%0Anext',
    { name: 'error', properties: { file: 'a.js', line: '10', title: 'A,B:' }, message: '100% broken\nnext' },
  ],
  ['  ::group::Build', { name: 'group', properties: {}, message: 'Build' }],
  ['::endgroup::', { name: 'endgroup', properties: {}, message: '' }],
  ['::SET-OUTPUT name=a::b', { name: 'set-output', properties: { name: 'a' }, message: 'b' }],
  ['##[warning file=x;line=2]careful', { name: 'warning', properties: { file: 'x', line: '2' }, message: 'careful' }],
  ['::error file=,line=::m', { name: 'error', properties: { file: '', line: '' }, message: 'm' }],
])('%s', (line, expected) => {
  expect(readWorkflowCommand(line)).toEqual(expected)
})

test.each(['text ::error::x', '::', '::::', '::no end', 'std::vector', '::a b', '##[', '## [error]x'])(
  '%s is ordinary text',
  (line) => {
    expect(readWorkflowCommand(line)).toBeUndefined()
  },
)
