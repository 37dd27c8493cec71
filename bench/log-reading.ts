/**
 * How fast a log of 1 GB is read with every pattern, against `rg` with the same patterns on a part of it:
 * `node bench/log-reading.ts [--megabytes N]`. The log is made here, the same every time.
 */
import { parseArgs } from 'node:util'
import { goal, readLargeLog } from './log-reading/large-log.ts'
import { keepResult, machine } from './measure.ts'

const { values } = parseArgs({ options: { megabytes: { type: 'string', default: '1000' } } })
const machineAtStart = machine()
const result = await readLargeLog(Number(values.megabytes))
keepResult('log-reading', {
  what: 'reading a log with every pattern, against rg with the same patterns on a part of it',
  at: new Date().toISOString(),
  machine: machineAtStart,
  ...result,
  goal,
})
console.log(
  `${result.megabytesPerSecond} MB/s, ${result.megabytesPerCpuSecond} MB/s a core (reach ${goal.megabytesPerCpuSecond}); ` +
    `at most ${result.peakMegabytes} MB of memory, ${result.megabytesOverIdle} MB over the same process that reads nothing (reach ${goal.megabytesOverIdle})`,
)
const { rg } = result
console.log(
  typeof rg === 'string'
    ? `no comparison: ${rg}`
    : `rg with ${rg.patterns} of the ${result.patterns} patterns: ${rg.megabytesPerSecond} MB/s; we read ${result.timesAsFastAsRg} times as fast`,
)
