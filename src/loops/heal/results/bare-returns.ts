import type { CleanLine } from '../logs/clean-line.ts'
import { cleanLine } from '../logs/clean-line.ts'
import { withoutTerminalCodes } from '../logs/terminal-codes.ts'

/** Where so many bytes hold no newline, none is expected. */
const enough = 64 * 1024
const fewReturns = 20
const maxLine = 8_000

interface Listener {
  see(clean: CleanLine, literals: readonly number[]): void
  follows(): boolean
}

/**
 * A log whose lines end by a carriage return alone is one line for everybody: what returns goes over itself. Its
 * results can be read all the same. Only such a log costs anything here; at the first newline the reading gives up.
 */
export function createBareReturns(literals: readonly string[], listener: Listener) {
  let state: 'waiting' | 'reading' | 'none' = 'waiting'
  let held = Buffer.alloc(0)

  function read(bytes: Buffer, isLast: boolean): void {
    const text = withoutTerminalCodes(Buffer.from(bytes)).toString('utf8')
    const lines = text.split('\r')
    held = isLast ? Buffer.alloc(0) : Buffer.from(lines.pop() ?? '')
    for (const line of lines) {
      const cut = line.slice(0, maxLine)
      // Literals may ask for the beginning or the end of a line.
      const ended = `\n${cut}\n`
      const found = literals.flatMap((literal, number) => (ended.includes(literal) ? [number] : []))
      if (found.length > 0 || listener.follows()) listener.see(cleanLine(cut), found)
    }
  }

  return {
    push(chunk: Uint8Array): void {
      if (state === 'none') return
      if (state === 'waiting' && chunk.includes(10)) {
        state = 'none'
        held = Buffer.alloc(0)
        return
      }
      const bytes = Buffer.concat([held, chunk])
      held = bytes
      if (bytes.length < enough) return
      if (state === 'waiting') state = countReturns(bytes) < fewReturns ? 'none' : 'reading'
      if (state === 'reading') read(bytes.subarray(0, bytes.length), false)
      // One that never returns is not kept.
      if (held.length > enough) held = Buffer.alloc(0)
    },
    /** Was it such a log? */
    end(): boolean {
      if (state === 'waiting' && countReturns(held) < fewReturns) return false
      if (state !== 'none') read(held, true)
      return state !== 'none'
    },
  }
}

function countReturns(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(13); at !== -1; at = bytes.indexOf(13, at + 1)) count += 1
  return count
}
