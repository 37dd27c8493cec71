import { createReadStream } from 'node:fs'
import { readKeyed } from '../../src/loops/heal/models/read-keyed.ts'
import type { KeyedCase } from '../../src/loops/heal/models/train.ts'
import { logchunks } from './cases.ts'
import { cidiff } from './cidiff.ts'
import type { Data } from './data.ts'
import { furtherLabels } from './further-labels.ts'

/** Every log in which a person marked the failing part, read. Marks of further readers count half. */
export async function markedCases(data: Data): Promise<readonly KeyedCase[]> {
  const read: KeyedCase[] = []
  const known = new Set<string>()
  for (const { id, project, log, spans = [] } of logchunks(data)) {
    known.add(project)
    if (spans.length > 0) read.push({ id, project, source: 'logchunks', spans, ...(await readFile(log)) })
  }
  for (const { log, passed, ...each } of cidiff(data))
    read.push({ ...each, source: 'cidiff', ...(await readFile(log)), passed: (await readFile(passed)).reading })
  for (const { id, project, log, spans = [] } of furtherLabels(data, ['bugswarm-logs']))
    if (spans.length > 0 && !known.has(project))
      read.push({ id, project, source: 'labels', spans, weight: 0.5, ...(await readFile(log)) })
  return read
}

async function readFile(path: string): ReturnType<typeof readKeyed> {
  return await readKeyed(createReadStream(path))
}
