import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { isNestedTooDeep } from '../../../base/yaml-nesting.ts'
import type { Problem, Template } from './workflow.ts'

/** A piece of YAML that remembers where it stands; aliases are already followed. */
export type Located = Place &
  (
    | { readonly kind: 'scalar'; readonly value: null | boolean | number | string }
    | { readonly kind: 'list'; readonly items: readonly Located[] }
    | { readonly kind: 'map'; readonly entries: readonly Entry[] }
  )

export interface Place {
  readonly line: number
  readonly column: number
}

export interface Entry extends Place {
  readonly key: string
  readonly value: Located
}

export interface YamlLimits {
  readonly characters: number
  /** Nodes after aliases are followed: what a YAML bomb inflates. */
  readonly nodes: number
  readonly depth: number
  /** What the whole takes in GitHub's own measure, called workflows included. */
  readonly bytes: number
}

export const githubLimits: YamlLimits = { characters: 500 * 1024, nodes: 100_000, depth: 50, bytes: 10 * 1024 * 1024 }

/** Read one YAML document, within limits. Never throws. */
export function readYaml(text: string, limits: YamlLimits = githubLimits): { root?: Located; problems: Problem[] } {
  if (text.length > limits.characters) {
    const sizes = `${text.length} characters long; at most ${limits.characters}`
    return { problems: [problem({ line: 1, column: 1 }, `The file is ${sizes} are read`)] }
  }
  // Asked before the parser, which needs minutes for such texts.
  if (isNestedTooDeep(text)) return { problems: [problem({ line: 1, column: 1 }, 'The file nests too deeply')] }
  const lines = new LineCounter()
  try {
    const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false })
    const flaws = [...document.errors, ...document.warnings]
    const problems = flaws.map((flaw) => {
      const at = lines.linePos(flaw.pos[0])
      return problem({ line: at.line, column: at.col }, flaw.message.split('\n')[0]?.replace(/ at line .*$/, '') ?? '')
    })
    if (problems.length > 0) return { problems }
    const root = document.contents
    if (root === null) return { problems: [problem({ line: 1, column: 1 }, 'The file is empty')] }
    return { root: walk(root, { document, lines, limits, nodes: 0 }, 0), problems: [] }
  } catch (error) {
    if (error instanceof TooMuch) return { problems: [problem(error.place, error.message)] }
    // The reader recurses; text that is thousands of levels deep ends its stack.
    if (error instanceof RangeError) return { problems: [problem({ line: 1, column: 1 }, 'The file nests too deeply')] }
    throw error
  }
}

class TooMuch extends Error {
  readonly place: Place
  constructor(message: string, place: Place) {
    super(message)
    this.place = place
  }
}

interface Walk {
  readonly document: Document
  readonly lines: LineCounter
  readonly limits: YamlLimits
  nodes: number
}

function walk(node: Node, at: Walk, depth: number): Located {
  const start = at.lines.linePos(node.range?.[0] ?? 0)
  const place = { line: Math.max(start.line, 1), column: Math.max(start.col, 1) }
  at.nodes += 1
  if (at.nodes > at.limits.nodes) throw new TooMuch('The file grows too large when its aliases are followed', place)
  if (depth > at.limits.depth) throw new TooMuch('Maximum object depth exceeded', place)
  if (isAlias(node)) {
    const target = node.resolve(at.document)
    if (target === undefined) throw new TooMuch(`The alias '${node.source}' names nothing`, place)
    return walk(target, at, depth + 1)
  }
  if (isSeq<Node>(node)) return { ...place, kind: 'list', items: node.items.map((item) => walk(item, at, depth + 1)) }
  if (isMap<Node, Node | null>(node)) {
    const entries = node.items.map(({ key, value }) => {
      const where = at.lines.linePos(key.range?.[0] ?? 0)
      const child: Located = value === null ? { ...place, kind: 'scalar', value: null } : walk(value, at, depth + 1)
      return { key: isScalar(key) ? String(key.value) : String(key), line: where.line, column: where.col, value: child }
    })
    return { ...place, kind: 'map', entries }
  }
  const value = isScalar(node) ? node.value : null
  const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return { ...place, kind: 'scalar', value: known ? value : value == null ? null : String(value) }
}

function problem(place: Place, sentence: string): Problem {
  return { severity: 'error', line: place.line, column: place.column, sentence }
}

/** The size of a value as GitHub's runner counts it: 24 bytes a token, 26 more and two a character for a text. */
export function measure(node: Located): number {
  if (node.kind === 'scalar') return 24 + (typeof node.value === 'string' ? sizeOfText(node.value) : 0)
  if (node.kind === 'list') return node.items.reduce((sum, item) => sum + measure(item), 24)
  return node.entries.reduce((sum, { key, value }) => sum + 24 + sizeOfText(key) + measure(value), 24)
}

function sizeOfText(text: string): number {
  return 26 + 2 * text.length
}

/** The value without its places. */
export function plain(node: Located): Template {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(plain)
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]))
}

export function entriesOf(node: Located | undefined): readonly Entry[] {
  return node?.kind === 'map' ? node.entries : []
}

export function itemsOf(node: Located | undefined): readonly Located[] {
  return node?.kind === 'list' ? node.items : []
}

export function child(node: Located | undefined, key: string): Located | undefined {
  return entriesOf(node).find((entry) => entry.key === key)?.value
}

/** A scalar as text; nothing for lists, maps and null. */
export function textOf(node: Located | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined
}

/** One text or a list of texts. */
export function textsOf(node: Located | undefined): readonly string[] {
  if (node?.kind === 'list') return node.items.flatMap((item) => textOf(item) ?? [])
  return [textOf(node) ?? []].flat()
}
