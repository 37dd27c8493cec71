/**
 * Trains the model of lines that ships with the project from logs with marked failing parts:
 * `node scripts/train-lines.ts DIR`. Writes weights and their record only; nothing of the logs.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { openData } from '../bench/diagnosis/data.ts'
import { lineFigures } from '../bench/diagnosis/lines.ts'
import { markedCases } from '../bench/diagnosis/marked.ts'
import { packLineModel } from '../src/loops/heal/locate/line-model.ts'
import { answers, learnLines, recordOf } from '../src/loops/heal/locate/training.ts'
import { heldOf } from '../src/loops/heal/models/train.ts'

const [dir] = process.argv.slice(2)
if (dir === undefined) throw new Error('which folder holds the marked logs? node scripts/train-lines.ts DIR')
const began = Date.now()
const cases = await markedCases(openData(dir))
const { model, held } = learnLines(cases, {
  tell: (what) => console.log(`${((Date.now() - began) / 1_000).toFixed(0)} s ${what}`),
})
if (model === undefined) throw new Error('no model was trained')
const folder = new URL('../src/loops/heal/weights/', import.meta.url)
mkdirSync(folder, { recursive: true })
const file = {
  trainedAt: new Date().toISOString(),
  record: recordOf(held),
  held: heldOf(cases, answers(held)),
  weights: packLineModel(model),
}
writeFileSync(new URL('lines.json', folder), `${JSON.stringify(file)}\n`)
for (const { what, measured } of lineFigures(held)) console.log(`${what} ${measured}`)
