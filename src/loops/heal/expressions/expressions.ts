import { neededText } from './needed-text.ts'
import { createTexts } from './texts.ts'

/** Tells of which expressions, by their places in the list, a line holds something. */
export type Expressions = (line: string, found: (place: number) => void) => void

/**
 * Tries many expressions on a line. Most of them need text that the line has not: the texts of all are looked for in
 * one pass over the line, and an expression is tried only where one of its own was met.
 */
export function createExpressions(expressions: readonly RegExp[]): Expressions {
  const needs = expressions.map(neededText)
  const texts = createTexts(needs.map((list) => list ?? []))
  const always = needs.map((list) => list === undefined)
  return (line, found) => {
    texts.look(line)
    for (let place = 0; place < expressions.length; place += 1)
      if ((always[place] === true || texts.stands(place)) && expressions[place]?.test(line) === true) found(place)
  }
}
