import { stripTerminalCodes } from '../../../base/text.ts'

/**
 * A log as blocks of whole lines. Bytes are read as latin1, one character a byte: offsets stay exact, V8 keeps one byte
 * a character, and scanning is twice as fast as on decoded text. A line is decoded only when somebody looks at it.
 */
export interface Block {
  /** Number of its first line; lines are 1-based and ended by `\n` alone. */
  readonly firstLine: number
  readonly text: string
  /** Where each line starts in `text`, and one more entry: where the next block's first line would. */
  readonly starts: Uint32Array
}

export interface BlockReader {
  push(bytes: Uint8Array): void
  /** Ends the last line. */
  end(): { readonly lines: number; readonly bytes: number }
}

/** Bytes gathered before a block is made: large enough to be fast, small enough to forget. */
const blockBytes = 512 * 1024
/** A longer line is counted fully and kept as its head and its tail. */
const lineHead = 48 * 1024
const lineTail = 16 * 1024

export function createBlockReader(onBlock: (block: Block) => void): BlockReader {
  let pending = ''
  let line = 1
  let bytes = 0
  // Newline offsets of the block in hand; grows to the densest block and is copied out.
  let offsets = new Uint32Array(16 * 1024)

  function emit(text: string): void {
    const shown = stripTerminalCodes(text)
    let count = 1
    for (let at = shown.indexOf('\n'); at !== -1; at = shown.indexOf('\n', at + 1)) {
      if (count === offsets.length) offsets = grown(offsets)
      offsets[count++] = at + 1
    }
    const block = { firstLine: line, text: shown, starts: offsets.slice(0, count) }
    line += count - 1
    onBlock(block)
  }

  return {
    push(chunk) {
      bytes += chunk.length
      for (let from = 0; from < chunk.length; from += blockBytes) {
        const part = chunk.subarray(from, from + blockBytes)
        pending += Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1')
        if (pending.length < blockBytes) continue
        const end = pending.lastIndexOf('\n') + 1
        if (end > 0) emit(pending.slice(0, end))
        pending = shortened(pending.slice(end))
      }
    },
    end() {
      const rest = pending
      pending = ''
      if (rest !== '') emit(rest.endsWith('\n') ? rest : `${rest}\n`)
      return { lines: line - 1, bytes }
    },
  }
}

/** The `index`-th line of a block, without its newline. */
export function lineOf(block: Block, index: number): string {
  return block.text.slice(block.starts[index], (block.starts[index + 1] ?? block.text.length) - 1)
}

export function linesIn(block: Block): number {
  return block.starts.length - 1
}

function shortened(unfinished: string): string {
  if (unfinished.length <= 2 * (lineHead + lineTail)) return unfinished
  return unfinished.slice(0, lineHead) + unfinished.slice(-lineTail)
}

function grown(offsets: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(offsets.length * 2)
  larger.set(offsets)
  return larger
}
