import { sayDuration, saySize } from '../../../base/quantity.ts'
import { plainLine } from '../../../base/text.ts'
import type { Category } from '../../../model/diagnosis.ts'
import type { LogReading } from '../logs/reading.ts'
import type { Facts } from './evidence.ts'

/** A category that was seen, not read: it outvotes the log. */
export interface Seen {
  readonly category: Category
  readonly p: number
  readonly sentence: string
  readonly evidence: readonly string[]
}

const crashSignals = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP', 'SIGSYS'])

/** What the runner or the vendor itself saw. Exit code 137 alone proves nothing: any SIGKILL gives it. */
export function seenByRunner({ observed, conclusion }: Facts, { timing }: LogReading): Seen | undefined {
  if (observed?.outOfMemory === true) {
    const limit = observed.memoryLimitBytes
    return {
      category: 'res.oom',
      p: 0.99,
      sentence: `The step was killed for memory${limit === undefined ? '' : ` at its limit of ${saySize(limit)}`}.`,
      evidence: [`the runner killed it for memory: peak ${said(observed.peakMemoryBytes)}, limit ${said(limit)}`],
    }
  }
  if (observed?.stall !== undefined) {
    const { silentMs, cpuMs, lastLine, processes } = observed.stall
    const waiting = processes.map(({ command, waitingOn }) =>
      plainLine(waitingOn === undefined ? command : `${command} waits in ${waitingOn}`, 100),
    )
    return {
      category: 'res.timeout_step',
      p: 0.98,
      sentence: `The step hangs: no output for ${sayDuration(silentMs)} and ${sayDuration(cpuMs)} of processor time meanwhile.`,
      evidence: [
        `hang: silent for ${sayDuration(silentMs)}, ${sayDuration(cpuMs)} of processor time; its last line: ${plainLine(lastLine, 160)}`,
        ...(waiting.length === 0 ? [] : [`hang: ${waiting.slice(0, 5).join('; ')}`]),
      ],
    }
  }
  if (conclusion === 'timed_out') return timedOut(observed?.timeoutMs, timing)
  if (observed?.signal !== undefined && crashSignals.has(observed.signal))
    return {
      category: 'code.crash',
      p: 0.9,
      sentence: `A process of the step crashed with ${observed.signal}.`,
      evidence: [`the step ended by signal ${observed.signal}`],
    }
  if (nearMemoryLimit(observed))
    return {
      category: 'res.oom',
      p: 0.85,
      sentence: 'The step was killed when its memory was all but used up.',
      evidence: [`killed at a peak of ${said(observed?.peakMemoryBytes)} of ${said(observed?.memoryLimitBytes)}`],
    }
  if (conclusion === 'cancelled')
    return {
      category: 'human.cancelled',
      p: 0.8,
      sentence: 'The job was cancelled before it ended.',
      evidence: ['the vendor says cancelled'],
    }
  return undefined
}

/** Silence for this share of the limit, or this long, is a hang; steady output until the end is a slow job. */
const silentShare = 0.5
const silentMs = 5 * 60_000

function timedOut(timeoutMs: number | undefined, { silence, firstMs, lastMs }: LogReading['timing']): Seen {
  const whole = timeoutMs ?? (firstMs !== undefined && lastMs !== undefined ? lastMs - firstMs : undefined)
  const hung =
    silence !== undefined && (silence.ms >= silentMs || (whole !== undefined && silence.ms >= whole * silentShare))
  const limit = timeoutMs === undefined ? 'its time limit' : `its time limit of ${sayDuration(timeoutMs)}`
  if (hung)
    return {
      category: 'res.timeout_step',
      p: 0.93,
      sentence: `The job reached ${limit} after ${sayDuration(silence.ms)} without output: a hang.`,
      evidence: [`hang: no output for ${sayDuration(silence.ms)} after line ${silence.line}`],
    }
  return {
    category: 'res.timeout_job',
    p: 0.9,
    sentence: `The job reached ${limit} while it was still working: slow, not hung.`,
    evidence: ['slow: output flowed until the limit'],
  }
}

function nearMemoryLimit(observed: Facts['observed']): boolean {
  if (observed?.signal !== 'SIGKILL' && observed?.exitCode !== 137) return false
  const { peakMemoryBytes, memoryLimitBytes } = observed
  return peakMemoryBytes !== undefined && memoryLimitBytes !== undefined && peakMemoryBytes >= memoryLimitBytes * 0.95
}

function said(bytes: number | undefined): string {
  return bytes === undefined ? 'unknown' : saySize(bytes)
}
