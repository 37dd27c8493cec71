import { Malformed } from './malformed.ts'

/**
 * Lucene's regular expressions, matched against a whole text in linear time: a signature comes from a repository, and
 * must not be able to stop the reader, as it could with JavaScript's backtracking. Known: `.` `[…]` `(…)` `|` `?` `*`
 * `+` `{n,m}`, `\` before a character, `\d` `\w` `\s`.
 */
export interface Automaton {
  matches(text: string): boolean
  /** Text that stands in all that matches; may be empty. */
  readonly literal: string
}

export interface Broken {
  /** Where, counted from 0, and what. */
  readonly at: number
  readonly what: string
}

type Test = (char: string) => boolean
type Node =
  | { readonly kind: 'char'; readonly test: Test; readonly char?: string }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Node[] }
  | { readonly kind: 'times'; readonly of: Node; readonly from: number; readonly to: number }

/** States that an expression may need; `{n,m}` multiplies. */
const mostStates = 1_000
const deepest = 50

export function compileRegex(source: string): Automaton | Broken {
  try {
    const node = createParser(source).whole()
    if (sizeOf(node) > mostStates)
      return { at: 0, what: 'the expression is too large once its repetitions are written out' }
    return { matches: simulate(node), literal: literalOf(node) }
  } catch (error) {
    if (error instanceof Malformed) return { at: error.at, what: error.message }
    throw error
  }
}

function createParser(source: string) {
  let at = 0
  let depth = 0
  const peek = (): string => source.charAt(at)

  function any(): Node {
    if (++depth > deepest) throw new Malformed(at, 'brackets are nested too deep')
    const of = [all()]
    while (peek() === '|') {
      at += 1
      of.push(all())
    }
    depth -= 1
    return of.length === 1 && of[0] !== undefined ? of[0] : { kind: 'any', of }
  }
  function all(): Node {
    const of: Node[] = []
    while (at < source.length && peek() !== '|' && peek() !== ')') of.push(repeated(one()))
    return { kind: 'all', of }
  }
  function repeated(node: Node): Node {
    let result = node
    for (;;) {
      const times = timesAt()
      if (times === undefined) return result
      result = { kind: 'times', of: result, ...times }
    }
  }
  function timesAt(): { from: number; to: number } | undefined {
    const sign = peek()
    if (sign === '?' || sign === '*' || sign === '+') {
      at += 1
      return { from: sign === '+' ? 1 : 0, to: sign === '?' ? 1 : Number.POSITIVE_INFINITY }
    }
    const found = sign === '{' ? /^\{(\d{1,3})(,(\d{0,3}))?\}/.exec(source.slice(at, at + 12)) : null
    if (sign === '{' && found === null) throw new Malformed(at, 'wants {n}, {n,} or {n,m} here')
    if (found === null) return undefined
    at += found[0].length
    const from = Number(found[1])
    return { from, to: found[2] === undefined ? from : found[3] === '' ? Number.POSITIVE_INFINITY : Number(found[3]) }
  }
  function one(): Node {
    const start = at
    const char = source.charAt(at++)
    if (char === '.') return { kind: 'char', test: () => true }
    if (char === '\\') return escaped(start)
    if (char === '[') return charClass(start)
    if (char !== '(') {
      if ('?*+{'.includes(char)) throw new Malformed(start, `nothing stands before "${char}" that it could repeat`)
      return letter(char)
    }
    const node = any()
    if (peek() !== ')') throw new Malformed(start, 'this bracket is not closed')
    at += 1
    return node
  }
  function escaped(start: number): Node {
    const char = source.charAt(at++)
    if (char === '') throw new Malformed(start, 'a backslash wants a character behind it')
    return shorthand(char) ?? letter(char)
  }
  function charClass(start: number): Node {
    const negative = peek() === '^'
    if (negative) at += 1
    const tests: Test[] = []
    while (at < source.length && (peek() !== ']' || tests.length === 0)) tests.push(member())
    if (peek() !== ']') throw new Malformed(start, 'this bracket is not closed')
    at += 1
    return { kind: 'char', test: (char) => tests.some((test) => test(char)) !== negative }
  }
  function member(): Test {
    const isEscaped = peek() === '\\'
    if (isEscaped) at += 1
    const from = source.charAt(at++).toLowerCase()
    const short = isEscaped ? shorthand(from) : undefined
    if (short?.kind === 'char') return short.test
    if (peek() !== '-' || source.charAt(at + 1) === ']') return (char) => char === from
    at += 1
    const to = source.charAt(at++).toLowerCase()
    return (char) => from <= char && char <= to
  }
  return {
    whole(): Node {
      const node = any()
      if (at < source.length) throw new Malformed(at, 'this bracket was never opened')
      return node
    },
  }
}

function letter(char: string): Node {
  const low = char.toLowerCase()
  return { kind: 'char', test: (other) => other === low, char: low }
}

function shorthand(char: string): Node | undefined {
  const classes: Readonly<Record<string, RegExp>> = { d: /\d/, w: /\w/, s: /\s/, D: /\D/, W: /\W/, S: /\S/ }
  const expression = classes[char]
  return expression === undefined ? undefined : { kind: 'char', test: (other) => expression.test(other) }
}

function sizeOf(node: Node): number {
  switch (node.kind) {
    case 'char':
      return 1
    case 'times':
      return (sizeOf(node.of) + 1) * Math.max(node.from, node.to === Number.POSITIVE_INFINITY ? 1 : node.to, 1)
    default:
      return node.of.reduce((sum, each) => sum + sizeOf(each) + 1, 1)
  }
}

/** A state either reads a character and goes on, or goes on to others at once. */
type State = { readonly test?: Test; readonly next: number[] }

/** Every state that the text read so far may have led to, at once: no text makes it go back. */
function simulate(root: Node): (text: string) => boolean {
  const states: State[] = []
  const add = (state: State): number => states.push(state) - 1
  const end = add({ next: [] })

  /** The state that begins `node` and goes on to `next`. */
  function build(node: Node, next: number): number {
    switch (node.kind) {
      case 'char':
        return add({ test: node.test, next: [next] })
      case 'all':
        return node.of.reduceRight((after, each) => build(each, after), next)
      case 'any':
        return add({ next: node.of.map((each) => build(each, next)) })
      case 'times':
        return repeat(node, next)
      default:
        return node satisfies never
    }
  }
  function repeat({ of, from, to }: Extract<Node, { kind: 'times' }>, next: number): number {
    let after = next
    if (to === Number.POSITIVE_INFINITY) {
      const again = add({ next: [next] })
      states[again]?.next.unshift(build(of, again))
      after = again
    } else for (let left = to - from; left > 0; left -= 1) after = add({ next: [build(of, after), next] })
    for (let left = from; left > 0; left -= 1) after = build(of, after)
    return after
  }
  const start = build(root, end)

  return (text) => {
    let here = closure([start], states)
    for (const char of text) {
      const next: number[] = []
      for (const at of here) {
        const state = states[at]
        if (state?.test?.(char) === true) next.push(...state.next)
      }
      if (next.length === 0) return false
      here = closure(next, states)
    }
    return here.has(end)
  }
}

function closure(from: readonly number[], states: readonly State[]): ReadonlySet<number> {
  const all = new Set<number>()
  const waiting = [...from]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (all.has(at)) continue
    all.add(at)
    const state = states[at]
    if (state !== undefined && state.test === undefined) waiting.push(...state.next)
  }
  return all
}

/** The longest run of plain letters that nothing makes optional. */
function literalOf(node: Node): string {
  let best = ''
  let run = ''
  const keep = (): void => {
    if (run.length > best.length) best = run
    run = ''
  }
  function walk(each: Node): void {
    if (each.kind === 'char' && each.char !== undefined) run += each.char
    else if (each.kind === 'all') each.of.forEach(walk)
    else keep()
  }
  walk(node)
  keep()
  return best
}
