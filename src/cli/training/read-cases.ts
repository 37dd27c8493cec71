import { open } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { Unavailable } from '../../base/errors.ts'
import { fileBytes } from '../../loops/heal/logs/file-bytes.ts'
import type { LogReading } from '../../loops/heal/logs/reading.ts'
import { readKeyed } from '../../loops/heal/models/read-keyed.ts'
import type { KeyedCase } from '../../loops/heal/models/train.ts'
import { findLog } from '../diagnosis/find-log.ts'
import { whyUnreadable } from '../diagnosis/read-file.ts'

const line = z.int().min(1)

const Span = z.object({ start: line, end: line })

/** A labelled log as `mendline train` reads it; what more a line says is passed by. */
const Labelled = z.object({
  id: z.string().optional(),
  project: z.string().min(1),
  log: z.string().min(1),
  cause: z.string().nullish(),
  category: z.string().nullish(),
  also: z.array(z.string()).nullish(),
  group: z.string().nullish(),
  spans: z.array(Span).nullish(),
  neutral: z.array(Span).nullish(),
  passed: z.string().nullish(),
  at: z.string().nullish(),
})

export interface ReadCases {
  readonly cases: readonly KeyedCase[]
  /** What was left out, and why. */
  readonly problems: readonly string[]
}

/** Reads the cases of a JSON-lines file with their logs. What cannot be read is left out and named. */
export async function readCases(path: string): Promise<ReadCases> {
  const cases: KeyedCase[] = []
  const problems: string[] = []
  const base = dirname(resolve(path))
  let number = 0
  for await (const text of await linesOf(path)) {
    number += 1
    if (text.trim() === '') continue
    const parsed = Labelled.safeParse(asJson(text))
    if (!parsed.success) {
      problems.push(`${path}, line ${number}: not a labelled case ({"project", "log", "cause" or "category", …})`)
      continue
    }
    try {
      cases.push(await caseOf(parsed.data, `${basename(path)}:${number}`, basename(path), base))
    } catch (error) {
      problems.push(`${path}, line ${number}: cannot read ${parsed.data.log}: ${whyUnreadable(error)}`)
    }
  }
  return { cases, problems }
}

async function caseOf(
  labelled: z.infer<typeof Labelled>,
  place: string,
  source: string,
  base: string,
): Promise<KeyedCase> {
  const { id = place, project, log, cause, category, also, group, spans, neutral, passed, at } = labelled
  const { reading, key } = await readKeyed(fileBytes(findLog(log, base)))
  if (reading.lines === 0) throw new Error(reading.problem?.sentence ?? 'it is empty')
  return {
    id,
    key,
    project,
    source,
    reading,
    ...(passed == null ? {} : { passed: await readGreen(findLog(passed, base)) }),
    ...(cause == null ? {} : { cause }),
    ...(category == null ? {} : { category }),
    ...(also == null ? {} : { also }),
    ...(group == null ? {} : { group }),
    ...(spans == null ? {} : { spans }),
    ...(neutral == null ? {} : { neutral }),
    ...(at == null ? {} : { at }),
  }
}

async function readGreen(path: string): Promise<LogReading> {
  return (await readKeyed(fileBytes(path))).reading
}

async function linesOf(path: string): Promise<AsyncIterable<string>> {
  try {
    const file = await open(path)
    if ((await file.stat()).isDirectory()) {
      await file.close()
      throw Object.assign(new Error(path), { code: 'EISDIR' })
    }
    return createInterface({ input: file.createReadStream(), crlfDelay: Number.POSITIVE_INFINITY })
  } catch (cause) {
    throw new Unavailable(`cannot read the cases ${path}: ${whyUnreadable(cause)}`, { cause })
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
