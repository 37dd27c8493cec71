import { statSync } from 'node:fs'
import { z } from 'zod'
import { causeOfLabel, causes } from '../../loops/heal/classify/causes.ts'
import type { LabelledLog } from '../../loops/heal/locate/examples.ts'
import { type Category, categories } from '../../model/diagnosis.ts'
import { findLog } from './find-log.ts'
import { type FileReading, readLogFile } from './read-file.ts'

const line = z.int().min(1)
const Span = z.object({ start: line, end: line }).refine(({ start, end }) => start <= end)

/** An earlier log with what people marked in it: one range or several; what more it says is passed by. */
const Example = z.object({
  log: z.string().min(1),
  start: line.nullish(),
  end: line.nullish(),
  spans: z.array(Span).nullish(),
  excerpts: z.array(Span).nullish(),
  category: z.string().nullish(),
  cause: z.string().nullish(),
})

export interface Examples {
  readonly labelled: readonly LabelledLog[]
  /** Why some were left out: a bad example costs itself, never the case. */
  readonly problems: readonly string[]
}

/** More would take longer than they help: the figures that are published with examples use five. */
const mostExamples = 20

export async function readExamples(given: readonly unknown[], base: string): Promise<Examples> {
  const labelled: LabelledLog[] = []
  const problems: string[] = []
  for (const [index, one] of given.slice(0, mostExamples).entries()) {
    const read = await readExample(one, base)
    if ('problem' in read) problems.push(`example ${index + 1} was left out: ${read.problem}`)
    else labelled.push(read)
  }
  if (given.length > mostExamples) problems.push(`only the first ${mostExamples} of ${given.length} examples were read`)
  return { labelled, problems }
}

async function readExample(given: unknown, base: string): Promise<LabelledLog | { readonly problem: string }> {
  const parsed = Example.safeParse(given)
  if (!parsed.success) return { problem: 'it is not {"log": "path", "start": line, "end": line}' }
  const { log, start, end, spans, excerpts, category, cause } = parsed.data
  const own = Span.safeParse({ start, end: end ?? start })
  const marked = [...(own.success ? [own.data] : []), ...(spans ?? []), ...(excerpts ?? [])]
  const called = categoryOf(category ?? cause ?? '')
  if (marked.length === 0 && called === undefined) return { problem: `it marks no lines of ${log}` }
  const file = await readOnce(findLog(log, base))
  if (file.kind === 'unreadable') return { problem: file.sentence }
  const { reading } = file
  const inside = marked.filter((span) => span.end <= reading.lines)
  if (inside.length < marked.length && inside.length === 0)
    return { problem: `it marks lines beyond the ${reading.lines} of ${log}` }
  return { reading, spans: inside, ...(called === undefined ? {} : { category: called }) }
}

/** A category of ours, or a word of labelled data for a group of them. */
function categoryOf(label: string): Category | undefined {
  if (Object.hasOwn(categories, label)) return label as Category
  const cause = causeOfLabel(label)
  return cause === undefined ? undefined : (Object.keys(causes[cause])[0] as Category | undefined)
}

/** Cases of one repository come with the same examples, one after the other. */
const readLately = new Map<string, Promise<FileReading>>()
const mostKept = 24

async function readOnce(path: string): Promise<FileReading> {
  const key = `${path} ${statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0}`
  const reading = readLately.get(key) ?? readLogFile(path)
  // The newest last: the one that was not asked for longest is the first to go.
  readLately.delete(key)
  readLately.set(key, reading)
  const oldest = readLately.keys().next().value
  if (readLately.size > mostKept && oldest !== undefined) readLately.delete(oldest)
  return await reading
}
