import { goal, readLargeLog } from '../log-reading/large-log.ts'
import type { Figure } from './figure.ts'

/** How fast one log of 1 GB is read, and with how much memory, against `rg` with the same patterns on a part of it. */
export async function measure(): Promise<readonly Figure[]> {
  const { megabytesPerCpuSecond, megabytesOverIdle, patterns, rg, timesAsFastAsRg } = await readLargeLog(1_000)
  return [
    {
      what: `reading a log of 1 GB, ${patterns} patterns`,
      measured: `${megabytesPerCpuSecond.toFixed(0)} MB a second of processor`,
      baseline: '–',
      reach: `≥ ${goal.megabytesPerCpuSecond}`,
      reached: megabytesPerCpuSecond >= goal.megabytesPerCpuSecond,
    },
    {
      what: '  memory over the same process that reads nothing',
      measured: `${megabytesOverIdle} MB`,
      baseline: '–',
      reach: `≤ ${goal.megabytesOverIdle} MB`,
      reached: megabytesOverIdle <= goal.megabytesOverIdle,
    },
    {
      what: '  against rg with the same patterns',
      measured: timesAsFastAsRg === null ? 'not measured' : `${timesAsFastAsRg} times as fast`,
      baseline: typeof rg === 'string' ? rg : `${rg.megabytesPerSecond.toFixed(0)} MB a second`,
      reach: '–',
      reached: true,
    },
  ]
}
