import { type Block, lineOf, linesIn } from '../logs/blocks.ts'
import { cleanLine } from '../logs/clean-line.ts'
import { createLiteralGate, type LiteralGate } from '../logs/literal-gate.ts'
import { type Compiled, compile, readValue, type Value } from './compile.ts'
import { defaultField, type Query } from './query.ts'

/** What is known of the log beside its lines, by field: `tags`, `build_name`, `project` … */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>

/** A signature that hit: on which line first, and on how many. */
export interface SignatureHit {
  readonly id: string
  readonly line: number
  readonly count: number
}

/** Hundreds of signatures made ready to be looked for; made once, for many logs. */
export interface Matcher {
  on(fields: Fields): LogMatcher
}

export interface LogMatcher {
  /** Blocks in the order of the log. */
  see(block: Block): void
  /** In the order of the lines. */
  hits(): readonly SignatureHit[]
}

/** Does one event match? For a whole log `createMatcher` is many times faster. */
export function matches(query: Query, message: string, fields: Fields = {}): boolean {
  return holds(settled(compile(query), valuesOf(fields)), readValue(message))
}

/**
 * A line is one event. Only a line that holds a word without which a signature cannot match is looked at; signatures
 * that the fields of the log already decide against cost nothing.
 */
export function createMatcher(signatures: readonly { readonly id: string; readonly query: Query }[]): Matcher {
  const compiled = signatures.map(({ id, query }) => ({ id, query: compile(query) }))
  const gate = gateOf(compiled.map(({ query }) => query))
  return {
    on(fields) {
      const values = valuesOf(fields)
      const live = compiled.map(({ id, query }) => ({ id, query: settled(query, values) }))
      return lookThrough(live, gate)
    },
  }
}

function lookThrough(signatures: readonly { readonly id: string; readonly query: Compiled }[], all: Gate): LogMatcher {
  const isLive = signatures.map(({ query }) => !('kind' in query && query.kind === 'never'))
  const always = all.always.filter((number) => isLive[number] === true)
  const asking = all.asking.map((numbers) => numbers.filter((number) => isLive[number] === true))
  const found = new Map<string, { line: number; count: number }>()
  const wanted = new Set<number>()
  const add = (literal: number): boolean => {
    for (const number of asking[literal] ?? []) wanted.add(number)
    return false
  }
  function look(block: Block, index: number): void {
    for (const number of always) wanted.add(number)
    if (wanted.size === 0) return
    const message = readValue(cleanLine(lineOf(block, index)).text)
    for (const number of wanted) {
      const signature = signatures[number]
      if (signature === undefined || !holds(signature.query, message)) continue
      const hit = found.get(signature.id)
      if (hit === undefined) found.set(signature.id, { line: block.firstLine + index, count: 1 })
      else hit.count += 1
    }
    wanted.clear()
  }

  return {
    see(block) {
      if (!isLive.includes(true)) return
      const bytes = lowered(block.bytes)
      const { starts } = block
      const count = linesIn(block)
      for (let index = 0; index < count; index += 1) {
        if (always.length === 0) {
          const at = all.gate.next(bytes, starts[index] ?? 0)
          if (at === -1) return
          while (index + 1 < count && (starts[index + 1] ?? 0) <= at) index += 1
        }
        all.gate.each(bytes, starts[index] ?? 0, starts[index + 1] ?? bytes.length, add)
        look(block, index)
      }
    },
    hits: () => [...found].map(([id, hit]) => ({ id, ...hit })).sort((a, b) => a.line - b.line),
  }
}

interface Gate {
  readonly gate: LiteralGate
  /** For each literal the signatures that ask for it. */
  readonly asking: readonly (readonly number[])[]
  /** Signatures without a literal: they look at every line. */
  readonly always: readonly number[]
}

function gateOf(queries: readonly Compiled[]): Gate {
  const literals: string[] = []
  const asking: number[][] = []
  const always: number[] = []
  queries.forEach((query, number) => {
    const needed = literalsOf(query)
    if (needed === undefined) always.push(number)
    for (const literal of needed ?? []) {
      const at = literals.includes(literal) ? literals.indexOf(literal) : literals.push(literal) - 1
      asking[at] = [...(asking[at] ?? []), number]
    }
  })
  return { gate: createLiteralGate(literals), asking, always }
}

const shortest = 4

/** Words of which one stands in every line that matches; `undefined` when there are none long enough. */
function literalsOf(query: Compiled): readonly string[] | undefined {
  if (!('kind' in query)) {
    const { field, literal } = query
    return field !== defaultField || literal === undefined || literal.length < shortest ? undefined : [literal]
  }
  if (query.kind === 'and')
    return query.of
      .flatMap((each) => {
        const needed = literalsOf(each)
        return needed === undefined ? [] : [needed]
      })
      .reduce<readonly string[] | undefined>((best, each) => (worth(each) > worth(best) ? each : best), undefined)
  if (query.kind !== 'or') return undefined
  const all = query.of.map(literalsOf)
  return all.some((each) => each === undefined) ? undefined : all.flatMap((each) => each ?? [])
}

/** The shortest word decides how often a line must be looked at. */
function worth(literals: readonly string[] | undefined): number {
  return literals === undefined ? 0 : Math.min(...literals.map(({ length }) => length))
}

function valuesOf(fields: Fields): ReadonlyMap<string, readonly Value[]> {
  return new Map(
    Object.entries(fields).map(([field, value]) => [
      field,
      value === undefined ? [] : (typeof value === 'string' ? [value] : value).map(readValue),
    ]),
  )
}

/** With every condition decided that does not ask for the message. */
function settled(query: Compiled, values: ReadonlyMap<string, readonly Value[]>): Compiled {
  if (!('kind' in query)) {
    if (query.field === defaultField) return query
    return { kind: (values.get(query.field) ?? []).some((value) => query.holds(value)) ? 'always' : 'never' }
  }
  if (query.kind === 'not') {
    const of = settled(query.of, values)
    if ('kind' in of && (of.kind === 'always' || of.kind === 'never'))
      return { kind: of.kind === 'always' ? 'never' : 'always' }
    return { kind: 'not', of }
  }
  if (query.kind !== 'and' && query.kind !== 'or') return query
  const decides = query.kind === 'and' ? 'never' : 'always'
  const of = query.of.map((each) => settled(each, values))
  if (of.some((each) => 'kind' in each && each.kind === decides)) return { kind: decides }
  const open = of.filter((each) => !('kind' in each && (each.kind === 'always' || each.kind === 'never')))
  if (open.length === 0) return { kind: query.kind === 'and' ? 'always' : 'never' }
  return open.length === 1 && open[0] !== undefined ? open[0] : { kind: query.kind, of: open }
}

function holds(query: Compiled, message: Value): boolean {
  if (!('kind' in query)) return query.holds(message)
  if (query.kind === 'and') return query.of.every((each) => holds(each, message))
  if (query.kind === 'or') return query.of.some((each) => holds(each, message))
  if (query.kind === 'not') return !holds(query.of, message)
  return query.kind === 'always'
}

let memory = Buffer.alloc(0)

/** The bytes with A to Z as a to z, until the next call; other letters are left alone, and no literal holds them. */
function lowered(bytes: Buffer): Buffer {
  const { length } = bytes
  if (memory.length < length) memory = Buffer.allocUnsafe(length)
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at] as number
    memory[at] = byte >= 65 && byte <= 90 ? byte + 32 : byte
  }
  return memory.subarray(0, length)
}
