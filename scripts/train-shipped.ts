/**
 * Trains the models that ship with the project from labelled logs: `node scripts/train-shipped.ts DIR`. First the one of
 * lines; then that of causes, which learns from the failing parts as models of lines find them that did not learn from
 * the same project, for so it will be with strange logs. Writes weights and their record only; nothing of the logs.
 */
import { writeFileSync } from 'node:fs'
import { openData } from '../bench/diagnosis/data.ts'
import { labelledCases } from '../bench/diagnosis/labelled.ts'
import { lessons } from '../bench/diagnosis/lessons.ts'
import { markedCases } from '../bench/diagnosis/marked.ts'
import type { ModelKind, ModelRecord } from '../src/contract/learning.ts'
import { trainCauses } from '../src/loops/heal/classify/train.ts'
import { packLineModel } from '../src/loops/heal/locate/line-model.ts'
import { answers, learnLines, recordOf } from '../src/loops/heal/locate/training.ts'
import { heldOf } from '../src/loops/heal/models/train.ts'

const [dir] = process.argv.slice(2)
if (dir === undefined) throw new Error('which folder holds the labelled logs? node scripts/train-shipped.ts DIR')
const data = openData(dir)
const began = Date.now()
const tell = (what: string): void => console.log(`${((Date.now() - began) / 1_000).toFixed(0)} s ${what}`)

const marked = await markedCases(data)
const { model, held, strangers } = learnLines(marked, { tell })
if (model === undefined) throw new Error('no model of lines was trained')
write('lines', { record: recordOf(held), held: heldOf(marked, answers(held)), weights: packLineModel(model) })

const labelled = await labelledCases(data, strangers, model)
tell(`${labelled.length} labelled logs read`)
const causes = trainCauses(labelled, { lessons: await lessons() })
write('causes', { record: causes.record, held: heldOf(labelled, causes.held), weights: causes.weights })

function write(
  kind: ModelKind,
  file: { readonly record: ModelRecord; readonly held: unknown; readonly weights: unknown },
): void {
  const at = new URL(`../src/loops/heal/weights/${kind}.json`, import.meta.url)
  writeFileSync(at, `${JSON.stringify({ trainedAt: new Date().toISOString(), ...file })}\n`)
  for (const { name, value, low, high } of file.record.figures)
    tell(`${kind}: ${name} ${value.toFixed(3)} [${low?.toFixed(3)}, ${high?.toFixed(3)}]`)
}
