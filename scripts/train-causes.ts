/**
 * Trains the model of causes that ships with the project from labelled logs: `node scripts/train-causes.ts DIR`. Writes
 * weights and their record only; nothing of the logs.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { openData } from '../bench/diagnosis/data.ts'
import { labelledCases } from '../bench/diagnosis/labelled.ts'
import { lessons } from '../bench/diagnosis/lessons.ts'
import { trainCauses } from '../src/loops/heal/classify/train.ts'
import { heldOf } from '../src/loops/heal/models/train.ts'

const [dir] = process.argv.slice(2)
if (dir === undefined) throw new Error('which folder holds the labelled logs? node scripts/train-causes.ts DIR')
const cases = await labelledCases(openData(dir))
const { weights, record, held } = trainCauses(cases, { lessons: await lessons() })
const folder = new URL('../src/loops/heal/weights/', import.meta.url)
mkdirSync(folder, { recursive: true })
const file = new URL('causes.json', folder)
writeFileSync(
  file,
  `${JSON.stringify({ trainedAt: new Date().toISOString(), record, held: heldOf(cases, held), weights })}\n`,
)
for (const { name, value, low, high } of record.figures)
  console.log(`${name} ${value.toFixed(3)} [${low?.toFixed(3)}, ${high?.toFixed(3)}]`)
