import type { Clock } from '../../../base/clock.ts'
import type { Masker, MaskStream } from './mask.ts'

/** The log of one job: every line masked and stamped as GitHub stores it, `2026-01-31T10:11:12.1234567Z text`. */
export interface Log {
  line(text: string): void
  /** A line that comes in pieces; secrets cut by a border between pieces are hidden too. */
  piece(text: string, more: boolean): void
  group(title: string, lines: readonly string[]): void
  error(message: string): void
}

export function createLog(masker: Masker, clock: Clock, write: (line: string) => void): Log {
  // Wall time once, then the monotonic clock: stamps never go back within a job.
  const startedAt = clock.now().getTime()
  const startedMs = clock.monotonicMs()
  const emit = (masked: string) => write(`${stamp(startedAt + clock.monotonicMs() - startedMs)} ${masked}`)
  const line = (text: string) => {
    for (const part of text.split(/\r\n|[\r\n]/)) emit(masker.mask(part))
  }
  let stream: MaskStream | undefined
  return {
    line,
    piece(text, more) {
      if (!stream && !more) {
        emit(masker.mask(text))
        return
      }
      stream ??= masker.stream()
      const known = stream.push(text)
      if (!more) {
        emit(known + stream.end())
        stream = undefined
      } else if (known !== '') emit(known)
    },
    group(title, lines) {
      line(`##[group]${title}`)
      for (const text of lines) line(text)
      emit('##[endgroup]')
    },
    error: (message) => line(`##[error]${message}`),
  }
}

function stamp(ms: number): string {
  const whole = Math.floor(ms)
  const fraction = String(Math.floor((ms - whole) * 10_000)).padStart(4, '0')
  return `${new Date(whole).toISOString().slice(0, -1)}${fraction}Z`
}
