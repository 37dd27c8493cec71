/**
 * How well Mendline reads failures, on logs that other people wrote and labelled, each figure beside a simple baseline
 * and what is to be reached: `npm run bench:diagnosis -- --data DIR [--only NAME,…] [--wrong]`. DIR holds the data, as archives or
 * unpacked. Whatever learns is trained and measured on different projects.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { measure as causes, explain } from './diagnosis/causes.ts'
import { type Data, openData } from './diagnosis/data.ts'
import { measure as families } from './diagnosis/families.ts'
import type { Figure } from './diagnosis/figure.ts'
import { measure as largeLog } from './diagnosis/large-log.ts'
import { measure as lines } from './diagnosis/lines.ts'
import { measure as redaction } from './diagnosis/redaction.ts'
import { measure as results } from './diagnosis/results.ts'
import { measure as signatures } from './diagnosis/signatures.ts'
import { measure as speed } from './diagnosis/speed.ts'
import { measure as templates } from './diagnosis/templates.ts'
import { measure as treeherder } from './diagnosis/treeherder.ts'
import { keepResult, machine } from './measure.ts'

const measures: Readonly<Record<string, (data: Data) => Promise<readonly Figure[]>>> = {
  lines,
  causes,
  results,
  treeherder,
  templates,
  signatures,
  families,
  redaction,
  speed,
  'large-log': largeLog,
}

const { values } = parseArgs({
  options: { data: { type: 'string' }, only: { type: 'string' }, wrong: { type: 'boolean', default: false } },
})
if (values.data === undefined || !existsSync(values.data)) {
  console.log('No labelled logs here: give the folder that holds them by --data DIR. Nothing was measured.')
  process.exit(0)
}
const chosen = values.only?.split(',') ?? Object.keys(measures)
const unknown = chosen.filter((name) => measures[name] === undefined)
if (unknown.length > 0) {
  console.error(`there is no figure "${unknown.join(', ')}": choose of ${Object.keys(measures).join(', ')}`)
  process.exit(2)
}

const data = openData(values.data)
const machineAtStart = machine()
const figures: Figure[] = []
for (const name of chosen) {
  const started = performance.now()
  const found = (await measures[name]?.(data)) ?? []
  console.log(`\n── ${name} (${Math.round((performance.now() - started) / 1_000)} s)`)
  if (found.length === 0) console.log('the data of this figure is not there')
  for (const figure of found) console.log(said(figure))
  figures.push(...found)
}
if (values.wrong && chosen.includes('causes')) console.log(await explain(data))
if (values.only === undefined)
  keepResult('diagnosis', { at: new Date().toISOString(), machine: machineAtStart, figures })

function said({ what, measured, baseline, reach, reached }: Figure): string {
  const against = baseline === '–' ? '' : `; baseline ${baseline}`
  // What nobody asked to reach is told, not praised.
  if (reach === '–') return `· ${what}: ${measured}${against}`
  return `${reached ? '✓' : '✗'} ${what}: ${measured} (reach ${reach}${against})`
}
