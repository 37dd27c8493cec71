import { type Part, parse } from './parse.ts'
import { plainUnit } from './plain-unit.ts'
import { rarity } from './rarity.ts'

/**
 * Text of which some must stand in everything that an expression finds, in plain units: `(?:error|fail\w{1,9}) in`
 * needs `error in` or `fail`. Undefined where nothing can be said.
 */
export function neededText(expression: RegExp): readonly string[] | undefined {
  const needs = best(told(parse(expression.source)))
  return needs?.filter((text) => !needs.some((other) => other !== text && text.includes(other)))
}

interface Told {
  /** All that it can find, where that is little. */
  readonly exact?: readonly string[] | undefined
  /** How everything begins that it finds, where not all is known. */
  readonly begins?: readonly string[] | undefined
  /** What stands somewhere in everything that it finds. */
  readonly needs?: readonly string[] | undefined
}

const fewTexts = 60
const nothingKnown: Told = {}

function told(part: Part): Told {
  switch (part.kind) {
    case 'texts':
      return { exact: [...new Set(part.texts.map(plain))] }
    case 'empty':
      return { exact: [''] }
    case 'unknown':
      return nothingKnown
    case 'either':
      return either(part.of.map(told))
    case 'row':
      return row(part.of.map(told))
    case 'times':
      return times(told(part.of), part.least, part.most)
    default:
      return part satisfies never
  }
}

function plain(text: string): string {
  return String.fromCharCode(...Array.from({ length: text.length }, (_, at) => plainUnit(text.charCodeAt(at))))
}

function either(all: readonly Told[]): Told {
  const exact = all.flatMap((each) => each.exact ?? [])
  if (all.every((each) => each.exact !== undefined) && exact.length <= fewTexts) return { exact: [...new Set(exact)] }
  const needs = all.map(best)
  return needs.includes(undefined) ? nothingKnown : { needs: [...new Set(needs.flatMap((each) => each ?? []))] }
}

function row(all: readonly Told[]): Told {
  let needs: readonly string[] | undefined
  let isExact = true
  /** All that can stand before what comes next, as far back as it is known. */
  let before = nothing
  for (const { exact, begins, needs: inside } of all) {
    const after = exact ?? begins ?? nothing
    const isFew = before.length * after.length <= fewTexts
    const known = isFew ? crossed(before, after) : before
    if (exact !== undefined && isFew) {
      before = known
      continue
    }
    needs = better(better(needs, known), inside)
    before = exact ?? nothing
    isExact = false
  }
  return isExact ? { exact: before } : { needs: better(needs, before) }
}

const nothing: readonly string[] = ['']

function crossed(before: readonly string[], after: readonly string[]): readonly string[] {
  if (after.length === 1) return before.map((text) => text + after[0])
  return before.flatMap((text) => after.map((more) => text + more))
}

function times(one: Told, least: number, most: number): Told {
  if (least === 0) return most === 1 && one.exact !== undefined ? { exact: ['', ...one.exact] } : nothingKnown
  if (least === 1 && most === 1) return one
  return one.exact === undefined ? { needs: one.needs } : { begins: one.exact, needs: best(one) }
}

function best({ exact, needs }: Told): readonly string[] | undefined {
  return better(undefined, exact ?? needs)
}

/** The rarer the text, the more it tells; what may be nothing at all says nothing. */
function better(a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined {
  if (b === undefined || b.includes('')) return a
  return a === undefined || rarityOf(b) > rarityOf(a) ? b : a
}

function rarityOf(texts: readonly string[]): number {
  return texts.reduce((least, text) => Math.min(least, rarity(text)), Number.POSITIVE_INFINITY)
}
