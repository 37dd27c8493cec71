import { builtDashboard } from '../test/browser/dashboard.ts'
import { firstLoad, firstLoadLimitBytes } from '../test/browser/first-load.ts'
import { keepResult, machine, round } from './measure.ts'

/** The JavaScript that a browser loads before the dashboard's first page stands, as gzip sends it. */
const machineAtStart = machine()
const files = firstLoad(await builtDashboard())
const kilobytes = (bytes: number) => round(bytes / 1024)
const result = {
  what: 'first load of the dashboard, JavaScript in gzip',
  at: new Date().toISOString(),
  machine: machineAtStart,
  files: files.map(({ file, bytes }) => ({ file, kilobytes: kilobytes(bytes) })),
  kilobytes: kilobytes(files.reduce((sum, { bytes }) => sum + bytes, 0)),
  goal: { kilobytes: kilobytes(firstLoadLimitBytes) },
}
keepResult('dashboard', result)
for (const { file, kilobytes } of result.files) console.log(`  ${String(kilobytes).padStart(6)} KB  ${file}`)
console.log(`${result.kilobytes} KB in ${files.length} files (reach ${result.goal.kilobytes} KB)`)
