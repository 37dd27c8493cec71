import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TrainingCase } from '../../src/loops/heal/classify/training-case.ts'
import { readLog } from '../../src/loops/heal/logs/read-log.ts'
import { jsonLines } from './cases.ts'

interface Lesson {
  readonly id: string
  readonly category: string
  readonly tool?: string
  readonly text: string
}

/** An invented log teaches less than one that happened. */
const weight = 0.3
const folder = fileURLToPath(new URL('../../training/lessons', import.meta.url))

/** Invented logs of failures that labelled ones hold few of. They are learnt from, and never measured on. */
export async function lessons(): Promise<readonly TrainingCase[]> {
  const written = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) => jsonLines<Lesson>(join(folder, name)))
  return await Promise.all(
    written.map(async ({ id, category, tool, text }) => ({
      id,
      project: `lesson ${tool ?? id}`,
      source: 'lessons',
      reading: await readLog(bytesOf(text)),
      category,
      weight,
    })),
  )
}

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text)
}
