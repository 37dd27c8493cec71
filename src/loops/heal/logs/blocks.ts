import { withoutTerminalCodes } from './terminal-codes.ts'

/**
 * A log as blocks of whole lines, kept as bytes: nothing is decoded until somebody looks at a line.
 */
export interface Block {
  /** Number of its first line; lines are 1-based and ended by `\n` alone. */
  readonly firstLine: number
  /** Without terminal codes. */
  readonly bytes: Buffer
  /** Where each line starts, and one more entry: the end of the block. */
  readonly starts: Uint32Array
  /** What `bytes` lie in. */
  readonly memory: Buffer
}

export interface BlockReader {
  push(bytes: Uint8Array): void
  /** The number of the line that the next byte belongs to. */
  line(): number
  /** Nobody looks at this block any more: its memory is filled again. Without it the collector falls far behind. */
  recycle(block: Block): void
  /** Ends the last line. */
  end(): { readonly lines: number; readonly bytes: number }
}

/** Large enough to be fast, small enough to forget. */
const blockBytes = 256 * 1024
/** A longer line is counted fully and kept as its head and its tail. */
const lineHead = 48 * 1024
const lineTail = 16 * 1024
const newline = 10

export function createBlockReader(
  onBlock: (block: Block) => void,
  /** Looks at the lines of a block while their terminal codes are still there. */
  onCoded?: (bytes: Buffer, firstLine: number) => void,
): BlockReader {
  const spare: Buffer[] = []
  let filling: Buffer = Buffer.allocUnsafe(blockBytes)
  let filled = 0
  let line = 1
  let total = 0

  function emit(whole: Buffer, memory: Buffer): void {
    onCoded?.(whole, line)
    const bytes = withoutTerminalCodes(whole)
    const starts = lineStarts(bytes)
    const block = { firstLine: line, bytes, starts, memory }
    line += starts.length - 1
    onBlock(block)
  }
  /** The block is full: give away its whole lines, keep the unfinished one. */
  function turn(): void {
    const end = filling.lastIndexOf(newline, filled - 1) + 1
    const full = filling
    const next = spare.pop() ?? Buffer.allocUnsafe(blockBytes)
    const rest = filled - end
    if (rest > lineHead + lineTail) {
      filling.copy(next, 0, end, end + lineHead)
      filling.copy(next, lineHead, filled - lineTail, filled)
      filled = lineHead + lineTail
    } else {
      filling.copy(next, 0, end, filled)
      filled = rest
    }
    filling = next
    if (end > 0) emit(full.subarray(0, end), full)
    else spare.push(full)
  }

  return {
    push(chunk) {
      total += chunk.length
      for (let from = 0; from < chunk.length; ) {
        const part = chunk.subarray(from, from + blockBytes - filled)
        filling.set(part, filled)
        filled += part.length
        from += part.length
        if (filled === blockBytes) turn()
      }
    },
    line() {
      return line + linesEnded(filling.subarray(0, filled))
    },
    recycle({ memory }) {
      spare.push(memory)
    },
    end() {
      if (filled > 0) {
        const rest = filling.subarray(0, filled)
        emit(rest.at(-1) === newline ? rest : Buffer.concat([rest, Buffer.from([newline])]), filling)
        filled = 0
      }
      return { lines: line - 1, bytes: total }
    },
  }
}

/** The `index`-th line of a block, without its newline, at most `max` bytes of it: its head and its tail. */
export function lineOf({ bytes, starts }: Block, index: number, max = maxLine): string {
  const start = starts[index] ?? 0
  const end = (starts[index + 1] ?? bytes.length + 1) - 1
  if (end - start <= max) return bytes.toString('utf8', start, end)
  const tail = Math.floor(max / 4)
  return `${bytes.toString('utf8', start, start + max - tail)} … ${bytes.toString('utf8', end - tail, end)}`
}

/** What of a line is searched and kept. */
const maxLine = 8_000

export function linesIn(block: Block): number {
  return block.starts.length - 1
}

// Reused from block to block: the densest one decides its size.
let offsets = new Uint32Array(16 * 1024)

function lineStarts(bytes: Buffer): Uint32Array {
  let count = 1
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) {
    if (count === offsets.length) offsets = grown(offsets)
    offsets[count++] = at + 1
  }
  return offsets.slice(0, count)
}

function linesEnded(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) count += 1
  return count
}

function grown(full: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(full.length * 2)
  larger.set(full)
  return larger
}
