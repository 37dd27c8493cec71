import { data, type Expr, Lexer, Parser, wellKnownFunctions } from '@actions/expressions'

/** What is known of the run for certain, and stays so when it is run again. */
export interface Trigger {
  /** `push`, `pull_request` … */
  readonly event: string
  /** `refs/heads/main` … */
  readonly ref: string
}

/** A value, or nothing that can be known beforehand. */
type Known = string | number | boolean | null
const unknown = Symbol('unknown')
type Value = Known | typeof unknown

const longest = 4_000
const contexts = ['github', 'needs', 'vars', 'secrets', 'env', 'inputs', 'matrix', 'strategy', 'steps', 'job', 'runner']
const status = ['success', 'failure', 'always', 'cancelled', 'hashFiles'].map((name) => ({
  name,
  minArgs: 0,
  maxArgs: 255,
}))
const functions = [...Object.values(wellKnownFunctions), ...status]

/**
 * Could a job with this `if` run, for what is known of the run? Three-valued: whatever is not known could be anything, so
 * the answer is no only when no value of the unknown could make the condition true.
 */
export function canRun(condition: string, trigger: Trigger | undefined): boolean {
  const text = condition
    .trim()
    .replace(/^\$\{\{([\s\S]{0,4000})\}\}$/, '$1')
    .trim()
  if (text === '' || trigger === undefined || text.length > longest || text.includes('${{')) return true
  try {
    const tree = new Parser(new Lexer(text).lex().tokens, contexts, functions as never).parse()
    return truth(tree.accept(evaluator(trigger))) !== false
  } catch {
    return true
  }
}

type Visitor = Parameters<Expr['accept']>[0]

function evaluator(trigger: Trigger): Visitor {
  const github: Readonly<Record<string, Value>> = {
    event_name: trigger.event,
    ref: trigger.ref,
    ref_name: trigger.ref.replace(/^refs\/(?:heads|tags)\//, ''),
    ref_type: trigger.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
  }
  const visitor: Visitor = {
    visitLiteral: ({ literal }) => literalValue(literal),
    visitGrouping: ({ group }) => group.accept(visitor),
    visitUnary: ({ expr }) => not(truth(expr.accept(visitor) as Value)),
    visitLogical: ({ operator, args }) => {
      const values = args.map((arg) => truth(arg.accept(visitor) as Value))
      const decisive = operator.lexeme === '||'
      if (values.includes(decisive)) return decisive
      return values.includes(undefined) ? unknown : !decisive
    },
    visitBinary: ({ left, operator, right }) => {
      const a = left.accept(visitor) as Value
      const b = right.accept(visitor) as Value
      // Comparing text with text ignores case; anything else is left to the vendor.
      if (typeof a !== 'string' || typeof b !== 'string') return unknown
      const equal = a.toLowerCase() === b.toLowerCase()
      if (operator.lexeme === '==') return equal
      return operator.lexeme === '!=' ? !equal : unknown
    },
    visitContextAccess: () => unknown,
    visitIndexAccess: ({ expr, index }) => {
      const name = (expr as { name?: { lexeme?: string } }).name?.lexeme
      const key = index.accept(visitor) as Value
      return name?.toLowerCase() === 'github' && typeof key === 'string'
        ? (github[key.toLowerCase()] ?? unknown)
        : unknown
    },
    visitFunctionCall: ({ functionName, args }) =>
      callValue(
        functionName.lexeme,
        args.map((arg) => arg.accept(visitor) as Value),
      ),
  }
  return visitor
}

function callValue(name: string, [first, second]: readonly Value[]): Value {
  if (typeof first !== 'string' || typeof second !== 'string') return unknown
  const text = first.toLowerCase()
  const part = second.toLowerCase()
  if (name.toLowerCase() === 'startswith') return text.startsWith(part)
  if (name.toLowerCase() === 'endswith') return text.endsWith(part)
  return name.toLowerCase() === 'contains' ? text.includes(part) : unknown
}

function literalValue(literal: data.ExpressionData): Value {
  if (literal.kind === data.Kind.Null) return null
  return literal.kind === data.Kind.String || literal.kind === data.Kind.Number || literal.kind === data.Kind.Boolean
    ? literal.value
    : unknown
}

function truth(value: unknown): boolean | undefined {
  return value === unknown
    ? undefined
    : !(value === false || value === null || value === '' || value === 0 || Number.isNaN(value))
}

function not(value: boolean | undefined): Value {
  return value === undefined ? unknown : !value
}
