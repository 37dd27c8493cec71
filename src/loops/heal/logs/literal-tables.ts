import { createKeys, type Key, stride } from './literal-keys.ts'

export interface Candidate {
  readonly literal: number
  readonly bytes: Uint8Array
  /** How far before the window it starts. */
  readonly back: number
}

/** Windows of one length that belong to literals. */
export interface WindowTable {
  /** One bit for the hash of each. */
  readonly bits: Int32Array
  readonly candidates: ReadonlyMap<number, readonly Candidate[]>
}

const shortestLiteral = 3
const newline = 10
/** 2^18 bits: what the processor keeps nearest. */
export const hashShift = 14
export const spread = 0x9e3779b1

export function tablesOf(literals: readonly string[]): { readonly four: WindowTable; readonly three: WindowTable } {
  const texts = literals.map(bytesOf)
  const keys = createKeys(texts)
  const four = createTable()
  const three = createTable()
  texts.forEach((bytes, literal) => {
    for (let parity = 0; parity < stride; parity += 1) {
      const key = keys.ofFour(bytes, parity)
      if (key !== undefined) four.add(key, literal, bytes)
      else for (const each of keys.ofThree(bytes, parity)) three.add(each, literal, bytes)
    }
  })
  return { four, three }
}

function bytesOf(literal: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(literal, 'utf8'))
  if (bytes.length < shortestLiteral)
    throw new Error(`the literal "${literal}" is shorter than three bytes: make it longer`)
  if (bytes.subarray(0, -1).includes(newline))
    throw new Error(`the literal ${JSON.stringify(literal)} is longer than a line: cut it`)
  return bytes
}

function createTable() {
  const bits = new Int32Array(1 << (32 - hashShift - 5))
  const candidates = new Map<number, Candidate[]>()
  return {
    bits,
    candidates,
    add({ window, back }: Key, literal: number, bytes: Uint8Array): void {
      const hash = Math.imul(window, spread) >>> hashShift
      bits[hash >>> 5] = (bits[hash >>> 5] ?? 0) | (1 << (hash & 31))
      const same = candidates.get(window)
      if (same === undefined) candidates.set(window, [{ literal, bytes, back }])
      else same.push({ literal, bytes, back })
    },
  }
}
