import { diagnose } from '../../src/loops/heal/diagnose.ts'
import { fileBytes } from '../../src/loops/heal/logs/file-bytes.ts'
import { readLog } from '../../src/loops/heal/logs/read-log.ts'

/**
 * Reads one log in a process that does nothing else, so that its memory and its processor time are of the reading alone;
 * without a log it only starts, for the memory that the runtime and the programs take themselves.
 */
export interface Reading {
  readonly lines: number
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakBytes: number
  readonly found: { readonly category: string; readonly line: number | undefined }
}

const file = process.argv[2] ?? '/dev/null'
const cpuBefore = process.cpuUsage()
const started = performance.now()
const reading = await readLog(fileBytes(file))
const seconds = (performance.now() - started) / 1_000
const { user, system } = process.cpuUsage(cpuBefore)
const { category, excerpts } = diagnose(reading)
const answer: Reading = {
  lines: reading.lines,
  seconds,
  cpuSeconds: (user + system) / 1e6,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  found: { category, line: excerpts[0]?.start },
}
process.stdout.write(JSON.stringify(answer))
