import { readActionReference } from './builtin-actions.ts'
import { child, entriesOf, itemsOf, type Located, type Place, textOf } from './located.ts'
import type { Problem } from './workflow.ts'

/** What GitHub refuses and its published reader lets pass. Pure. */
export function findRuleBreaks(root: Located): Problem[] {
  const found: Problem[] = []
  const tell = ({ line, column }: Place, sentence: string) => found.push({ severity: 'error', line, column, sentence })
  for (const { value: job } of entriesOf(child(root, 'jobs'))) {
    for (const vector of entriesOf(child(child(job, 'strategy'), 'matrix')))
      if (vector.value.kind === 'list' && vector.value.items.length === 0 && !isRule(vector.key))
        tell(vector.value, `Matrix vector '${vector.key}' does not contain any values`)
    for (const step of itemsOf(child(job, 'steps'))) {
      const uses = child(step, 'uses')
      const text = textOf(uses)
      if (uses && text !== undefined && readActionReference(text).kind === 'malformed')
        tell(uses, `Expected format {org}/{repo}[/path]@ref. Actual '${text}'`)
    }
  }
  return found
}

function isRule(key: string): boolean {
  return key === 'include' || key === 'exclude'
}
