import type { Hit, LogReading } from '../logs/reading.ts'
import { library } from '../patterns/library.ts'
import { causeOf } from './causes.ts'
import type { TrainingCase } from './training-case.ts'

/** All of them together count as so many failures that people labelled. */
const weighing = 60

/**
 * Each pattern's own example as a small failed log. Labelled logs hold few crashes, timeouts and refused logins; these
 * keep what the patterns know of them from being drowned by what is common.
 */
export function patternCases(): readonly (TrainingCase & { readonly weight: number })[] {
  const telling = library.flatMap(({ id, role, category, marked, examples }) => {
    const line = examples.matches[0]
    if (role !== 'cause' || marked === true || category === undefined || line === undefined) return []
    return causeOf(category) === undefined ? [] : [{ id, category, line }]
  })
  return telling.map(({ id, category, line }) => ({
    id: `pattern ${id}`,
    project: `pattern ${id.split('.')[0]}`,
    source: 'patterns',
    reading: readingOf(line),
    category,
    weight: weighing / telling.length,
  }))
}

/** What reading a log of this line alone would leave. */
function readingOf(line: string): LogReading {
  const hits = library.flatMap((pattern): readonly Hit[] => {
    const match =
      pattern.marked !== true && pattern.literals.some((each) => line.includes(each)) ? pattern.regex.exec(line) : null
    return match === null ? [] : [{ line: 1, pattern: pattern.id, groups: { ...match.groups }, text: line }]
  })
  return {
    ci: 'plain',
    lines: 1,
    bytes: line.length,
    sections: [],
    hits,
    kept: [{ start: 1, text: [line] }],
    errorLines: [],
    timing: {},
  }
}
