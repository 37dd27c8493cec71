import { data, Evaluator, Lexer, Parser, wellKnownFunctions } from '@actions/expressions'
import type { FunctionDefinition } from '@actions/expressions/funcs/info'
import { TokenType } from '@actions/expressions/lexer'
import { Invalid } from '../../../base/errors.ts'
import type { Template } from './workflow.ts'

/** What an expression sees. Contexts are plain values; lookups in them ignore case, as on GitHub. */
export interface Scope {
  readonly contexts: Readonly<Record<string, unknown>>
  /** Where an expression without these uses them it is an error, as on GitHub. */
  readonly status?: StatusFunctions | undefined
  readonly hashFiles?: ((patterns: readonly string[]) => string) | undefined
}

export interface StatusFunctions {
  success(jobs: readonly string[]): boolean
  failure(jobs: readonly string[]): boolean
  cancelled(): boolean
}

/** Evaluate what stands between `${{` and `}}` to a plain value. */
export function evaluate(expression: string, scope: Scope): unknown {
  return toPlain(evaluateData(expression, scope))
}

/** Text with every `${{ }}` replaced by its value as text. */
export function interpolate(text: string, scope: Scope): string {
  return splitTemplate(text)
    .map((part) => (part.kind === 'text' ? part.text : evaluateData(part.text, scope).coerceString()))
    .join('')
}

/** Like `interpolate`, but a value that is one whole expression keeps its type, and lists and maps are walked. */
export function resolve(template: Template, scope: Scope): Template {
  if (typeof template === 'string') {
    const whole = wholeExpression(template)
    return whole === undefined ? interpolate(template, scope) : (toPlain(evaluateData(whole, scope)) as Template)
  }
  if (template === null || typeof template !== 'object') return template
  if (isList(template)) return template.map((item) => resolve(item, scope))
  return resolveMap(template, scope)
}

function resolveMap(template: { readonly [key: string]: Template }, scope: Scope): Template {
  const result: Record<string, Template> = {}
  for (const [key, value] of Object.entries(template)) {
    const resolved = resolve(value, scope)
    if (wholeExpression(key) !== 'insert') result[interpolate(key, scope)] = resolved
    else if (resolved !== null && typeof resolved === 'object' && !isList(resolved)) Object.assign(result, resolved)
  }
  return result
}

/** `if`: without a status function it means `success() && (…)`. */
export function evaluateCondition(condition: Template | undefined, scope: Scope): boolean {
  const succeeded = scope.status?.success([]) ?? true
  if (condition === undefined || condition === null || condition === '') return succeeded
  if (typeof condition !== 'string') return succeeded && isTruthy(condition)
  const parts = splitTemplate(condition)
  const expressions = parts.filter((part) => part.kind === 'expression').map((part) => part.text)
  const bare = expressions.length === 0
  const asksStatus = (bare ? [condition] : expressions).some(callsStatusFunction)
  if (!asksStatus && !succeeded) return false
  const whole = bare ? condition : wholeExpression(condition)
  return isTruthy(whole === undefined ? interpolate(condition, scope) : evaluate(whole, scope))
}

export function isTruthy(value: unknown): boolean {
  return Boolean(value)
}

type Part = { readonly kind: 'text' | 'expression'; readonly text: string }

/** Cut a text at its `${{ }}`; a `}}` inside a quoted string does not end one. */
function splitTemplate(text: string): readonly Part[] {
  const parts: Part[] = []
  let from = 0
  for (;;) {
    const open = text.indexOf('${{', from)
    if (open < 0) break
    const close = closingBraces(text, open + 3)
    if (close < 0) throw new Invalid(`the expression "${text.slice(open, open + 40)}" is not closed by }}`)
    if (open > from) parts.push({ kind: 'text', text: text.slice(from, open) })
    parts.push({ kind: 'expression', text: text.slice(open + 3, close).trim() })
    from = close + 2
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) })
  return parts
}

function closingBraces(text: string, from: number): number {
  let quoted = false
  for (let at = from; at < text.length; at++) {
    if (text[at] === "'") quoted = !quoted
    else if (!quoted && text.startsWith('}}', at)) return at
  }
  return -1
}

function wholeExpression(text: string): string | undefined {
  if (!text.startsWith('${{')) return undefined
  const [only, ...more] = splitTemplate(text.trim())
  return only?.kind === 'expression' && more.length === 0 ? only.text : undefined
}

const statusNames = new Set(['success', 'failure', 'cancelled', 'always'])

function callsStatusFunction(expression: string): boolean {
  const { tokens } = lex(expression)
  return tokens.some(
    (token, index) =>
      token.type === TokenType.IDENTIFIER &&
      statusNames.has(token.lexeme.toLowerCase()) &&
      tokens[index + 1]?.type === TokenType.LEFT_PAREN,
  )
}

function lex(expression: string): ReturnType<Lexer['lex']> {
  try {
    return new Lexer(expression).lex()
  } catch (cause) {
    throw new Invalid(`cannot read the expression "${expression.slice(0, 200)}": ${reason(cause)}`, { cause })
  }
}

function evaluateData(expression: string, scope: Scope): data.ExpressionData {
  const functions = functionsOf(scope)
  try {
    const { tokens } = new Lexer(expression).lex()
    const tree = new Parser(tokens, Object.keys(scope.contexts), functions).parse()
    // An empty expression has no tree.
    if (tree === undefined) return new data.Null()
    const contexts = new data.Dictionary(
      ...Object.entries(scope.contexts).map(([key, value]) => ({ key, value: toData(value) })),
    )
    return new Evaluator(
      tree,
      contexts,
      new Map(functions.map((entry) => [entry.name.toLowerCase(), entry])),
    ).evaluate()
  } catch (cause) {
    if (cause instanceof Invalid) throw cause
    throw new Invalid(`cannot evaluate "${expression.slice(0, 200)}": ${reason(cause)}`, { cause })
  }
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

function functionsOf({ status, hashFiles }: Scope): FunctionDefinition[] {
  const functions: FunctionDefinition[] = limitedFunctions()
  const add = (name: string, maxArgs: number, minArgs: number, call: (args: string[]) => boolean | string) =>
    functions.push({
      name,
      minArgs,
      maxArgs,
      call: (...args) => toData(call(args.map((argument) => argument.coerceString()))),
    })
  if (status) {
    add('always', 0, 0, () => true)
    add('cancelled', 0, 0, () => status.cancelled())
    add('success', 255, 0, (jobs) => status.success(jobs))
    add('failure', 255, 0, (jobs) => status.failure(jobs))
  }
  if (hashFiles) add('hashFiles', 255, 1, hashFiles)
  return functions
}

/** Of all text that one expression makes on its way; GitHub's limit is of this order. */
const maxCharacters = 512 * 1024

/** `format` in `format` grows without bound: what these functions make is counted. */
function limitedFunctions(): FunctionDefinition[] {
  let made = 0
  const names = ['format', 'join', 'tojson'] as const
  return names.flatMap((name) => {
    const original = wellKnownFunctions[name]
    if (!original) return []
    const call: FunctionDefinition['call'] = (...args) => {
      const result = original.call(...args)
      made += result.coerceString().length
      if (made > maxCharacters) throw new Invalid('The maximum allowed memory size was exceeded')
      return result
    }
    return [{ ...original, call }]
  })
}

function toData(value: unknown): data.ExpressionData {
  if (value === null || value === undefined) return new data.Null()
  if (typeof value === 'string') return new data.StringData(value)
  if (typeof value === 'number') return new data.NumberData(value)
  if (typeof value === 'boolean') return new data.BooleanData(value)
  if (Array.isArray(value)) return new data.Array(...value.map(toData))
  return new data.Dictionary(...Object.entries(value).map(([key, item]) => ({ key, value: toData(item) })))
}

function toPlain(value: data.ExpressionData): unknown {
  if (value instanceof data.Array) return value.values().map(toPlain)
  if (value instanceof data.Dictionary)
    return Object.fromEntries(value.pairs().map((pair) => [pair.key, toPlain(pair.value)]))
  return value instanceof data.Null ? null : value.value
}

function isList(template: Template): template is readonly Template[] {
  return Array.isArray(template)
}
