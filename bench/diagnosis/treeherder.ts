import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { readLog } from '../../src/loops/heal/logs/read-log.ts'
import type { Data } from './data.ts'
import type { Figure } from './figure.ts'

const reach = 0.95

/** How many of the lines that Mozilla's log viewer shows as errors are found, and how many besides. */
export async function measure(data: Data): Promise<readonly Figure[]> {
  const folder = data.folder('treeherder-logs')
  if (folder === undefined) return []
  let found = 0
  let expected = 0
  let right = 0
  const logs = join(folder, 'logs')
  for (const name of readdirSync(logs).filter((each) => each.endsWith('.log.gz'))) {
    const log = gunzipSync(readFileSync(join(logs, name)))
    const lines = expectedLines(join(logs, name.replace(/\.log\.gz$/, '.logview.json')), log.toString())
    const reading = await readLog(Readable.from([log]))
    found += reading.errorLines.length
    expected += lines.size
    right += reading.errorLines.filter(({ line }) => lines.has(line)).length
  }
  const f1 = (2 * right) / (found + expected)
  return [
    {
      what: 'Treeherder lines, F1 of expected error lines',
      measured: `${f1.toFixed(3)} (${right} of ${expected} found, ${found - right} besides)`,
      baseline: '–',
      reach: `≥ ${reach}`,
      reached: f1 >= reach,
    },
  ]
}

/** The viewer counts from 0, and a lone carriage return ends a line of its own there. */
function expectedLines(path: string, log: string): ReadonlySet<number> {
  const { errors } = JSON.parse(readFileSync(path, 'utf8')) as { errors: readonly { linenumber: number }[] }
  const lineOf: number[] = []
  log.split('\n').forEach((text, index) => {
    for (const _ of text.replace(/\r$/, '').split('\r')) lineOf.push(index + 1)
  })
  return new Set(errors.map(({ linenumber }) => lineOf[linenumber] ?? 0))
}
