import type { SparseVector } from '../learn/hash.ts'
import type { LineModel } from '../locate/model.ts'
import { lineReader } from '../logs/lines-of.ts'
import type { LogReading } from '../logs/reading.ts'
import { vectorOf } from './cause-model.ts'
import { type Cause, causeNames, causeOfLabel } from './causes.ts'
import { featuresOf } from './features.ts'
import { type Gathered, gather } from './gather.ts'
import { asStrange } from './strange.ts'

/** A failed log that a person labelled. */
export interface TrainingCase {
  readonly id: string
  readonly project: string
  /** Where it comes from: a data set, or the corrections made here. */
  readonly source: string
  /** ISO time of the failure. */
  readonly at?: string | undefined
  readonly reading: LogReading
  /** The same job when it passed. */
  readonly passed?: LogReading | undefined
  /** One of our categories, or else a word of the labelled data. */
  readonly category?: string | undefined
  readonly cause?: string | undefined
  /** What counts as right too. */
  readonly also?: readonly string[] | undefined
  /** Cases of one signature are one observation. */
  readonly group?: string | undefined
  /** What it counts, if not as its share of its signature. */
  readonly weight?: number | undefined
  /** Finds the failing part; a model that did not learn from this log's project. The shipped one when absent. */
  readonly lines?: LineModel | undefined
  /** The lines from which a person read the cause. */
  readonly spans?: readonly { readonly start: number; readonly end: number }[] | undefined
}

/** A case as the model sees it. */
export interface Prepared {
  readonly id: string
  readonly project: string
  readonly source: string
  readonly at?: string | undefined
  readonly label: number
  readonly right: ReadonlySet<Cause>
  /** Cases of one signature share the weight of one. */
  readonly weight: number
  readonly seen: SparseVector
  /** As seen if its project were strange to the patterns. */
  readonly strange: SparseVector
  /** As if exactly the labelled lines had been found: shows the model which words matter. */
  readonly shown?: SparseVector | undefined
}

/** What is gathered of a case: as it is, and as if its project were strange to the patterns. */
export interface Looks {
  known(one: TrainingCase): Gathered
  strange(one: TrainingCase): Gathered
}

/** Each case is looked at once each way, however often it is asked for: finding the lines takes time. */
export function looksAt(cases: readonly TrainingCase[]): Looks {
  const strangely = asStrange(cases)
  const known = new Map<TrainingCase, Gathered>()
  const strange = new Map<TrainingCase, Gathered>()
  const lookAt = (seen: Map<TrainingCase, Gathered>, one: TrainingCase, reading: LogReading): Gathered => {
    const gathered = seen.get(one) ?? gather(reading, { passed: one.passed }, one.lines)
    seen.set(one, gathered)
    return gathered
  }
  return {
    known: (one) => lookAt(known, one, one.reading),
    strange(one) {
      const reading = strangely(one)
      return reading === one.reading ? lookAt(known, one, reading) : lookAt(strange, one, reading)
    },
  }
}

/** Cases whose label says nothing of a cause (`unclear`) are left out. */
export function prepare(cases: readonly TrainingCase[], looks: Looks = looksAt(cases)): readonly Prepared[] {
  const sizes = new Map<string, number>()
  const known = cases.flatMap((each) => {
    const cause = causeOfLabel(each.category ?? each.cause ?? '')
    if (cause === undefined) return []
    const group = each.group ?? each.id
    sizes.set(group, (sizes.get(group) ?? 0) + 1)
    return [{ each, cause, group }]
  })
  return known.map(({ each, cause, group }) => {
    const { id, project, source, at, also = [] } = each
    const gathered = looks.known(each)
    const seen = vectorOf(featuresOf(gathered))
    const strange = looks.strange(each)
    const shown = showing(gathered, each.spans ?? [])
    return {
      id,
      project,
      source,
      ...(at === undefined ? {} : { at }),
      label: causeNames.indexOf(cause),
      right: new Set([cause, ...also.map(causeOfLabel).filter((other) => other !== undefined)]),
      weight: each.weight ?? 1 / (sizes.get(group) ?? 1),
      seen,
      strange: strange === gathered ? seen : vectorOf(featuresOf(strange)),
      ...(shown === undefined ? {} : { shown: vectorOf(featuresOf(shown)) }),
    }
  })
}

const linesShown = 60

function showing(gathered: Gathered, spans: NonNullable<TrainingCase['spans']>): Gathered | undefined {
  const lineAt = lineReader(gathered.reading)
  const excerpts = spans.slice(0, 6).flatMap(({ start, end }) => {
    const text = Array.from(
      { length: Math.min(linesShown, end - start + 1) },
      (_, index) => lineAt(start + index) ?? '',
    )
    return text.some((line) => line !== '') ? [{ start, end, score: 1, why: 'labelled', text }] : []
  })
  return excerpts.length === 0 ? undefined : { ...gathered, excerpts }
}
