import { createReadStream, existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { readKeyed } from '../../src/loops/heal/models/read-keyed.ts'
import type { KeyedCase } from '../../src/loops/heal/models/train.ts'
import { type Case, jsonLines, logchunks } from './cases.ts'
import { cidiff } from './cidiff.ts'
import type { Data } from './data.ts'

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
  for (const { id, project, log, spans = [] } of further(data))
    if (spans.length > 0 && !known.has(project))
      read.push({ id, project, source: 'labels', spans, weight: 0.5, ...(await readFile(log)) })
  return read
}

function further(data: Data): readonly Case[] {
  const file = join(data.folder('labels') ?? '', 'bugswarm.jsonl')
  if (!existsSync(file)) return []
  return jsonLines<Case>(file)
    .map((one) => ({ ...one, log: isAbsolute(one.log) ? one.log : join(file, '../..', one.log) }))
    .filter(({ log }) => existsSync(log))
}

async function readFile(path: string): ReturnType<typeof readKeyed> {
  return await readKeyed(createReadStream(path))
}
