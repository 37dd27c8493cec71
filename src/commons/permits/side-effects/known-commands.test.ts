import { describe, expect, test } from 'vitest'
import { gradeScript } from './grade-command.ts'
import { knownTools } from './known-commands.ts'

describe.each(knownTools)('what is known of $names', ({ examples }) => {
  const rows = Object.entries(examples).flatMap(([grade, commands]) => commands.map((command) => [command, grade]))
  test.each(rows)('%s is graded %s', (command, grade) => {
    expect(gradeScript(command)).toMatchObject([{ grade }])
  })
})

test('no tool is listed twice', () => {
  const names = knownTools.flatMap((tool) => tool.names.split(/\s+/).filter(Boolean))
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
