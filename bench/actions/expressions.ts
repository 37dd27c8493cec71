import { isDeepStrictEqual } from 'node:util'
import { evaluate } from '../../src/roles/runner/workflow/expressions.ts'

export interface CaseResult {
  readonly name: string
  /** Why the case did not pass. */
  readonly because: string | undefined
}

interface ExpressionCase {
  readonly expr: string
  readonly contexts?: Readonly<Record<string, unknown>>
  readonly result?: { readonly kind: string; readonly value?: unknown }
  readonly err?: { readonly kind: string; readonly value: string }
}

/** All cases of one file of GitHub's expression data, also those that its own TypeScript leaves out. */
export function checkExpressions(
  file: string,
  groups: Readonly<Record<string, readonly ExpressionCase[]>>,
): CaseResult[] {
  return Object.entries(groups).flatMap(([group, cases]) =>
    cases.map((one) => ({ name: `${file} ${group} ${one.expr.slice(0, 60)}`, because: check(one) })),
  )
}

function check({ expr, contexts = {}, result, err }: ExpressionCase): string | undefined {
  let value: unknown
  try {
    value = evaluate(expr, { contexts })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (!err) return `refused: ${message}`
    // GitHub goes on to say where in the expression; the sentence before that must agree.
    const sentence = err.value.split('. Located at')[0] ?? err.value
    return message.includes(sentence) ? undefined : `said "${message}", not "${sentence}"`
  }
  if (err) return `gave ${JSON.stringify(value)} where an error is due: ${err.value}`
  return same(value, result) ? undefined : `gave ${JSON.stringify(value)}, not ${JSON.stringify(result)}`
}

function same(value: unknown, expected: ExpressionCase['result']): boolean {
  const wanted = expected?.kind === 'Number' ? Number(expected.value) : (expected?.value ?? null)
  return isDeepStrictEqual(value, wanted) || (typeof value === 'number' && value === wanted)
}
