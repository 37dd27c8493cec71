import { parseWorkflow } from '../../src/roles/runner/workflow/parse.ts'
import type { CaseResult } from './expressions.ts'

export interface ReaderResult extends CaseResult {
  readonly kind: 'load' | 'reject' | 'place'
}

interface Header {
  readonly 'max-depth'?: number
  readonly 'max-file-size'?: number
  readonly 'max-job-limit'?: number
  readonly 'max-nested-reusable-workflows-depth'?: number
  readonly 'max-result-size'?: number
  readonly 'permissions-policy'?: string
  readonly 'skip-reusable-workflows'?: boolean
}

/** One file of GitHub's reader data: options, the workflow, the files it calls, and what must come of it. */
export function checkReader(name: string, text: string, readHeader: (yaml: string) => Header): ReaderResult[] {
  const [header = '', workflow = '', ...rest] = text.split(/^---\r?\n/m)
  const expected = JSON.parse(rest.at(-1) ?? '{}') as { readonly errors?: readonly { readonly Message: string }[] }
  const options = readHeader(header)
  // What stands between the workflow and the expectation are called files: a name, then a text.
  const called = new Map<string, string>()
  for (let at = 0; at + 1 < rest.length - 1; at += 2) called.set((rest[at] ?? '').trim(), rest[at + 1] ?? '')
  const calls = {
    read: (uses: string) => called.get(uses),
    permissions: options['permissions-policy'] === 'Write' ? ('write' as const) : ('limited-read' as const),
    depth: options['max-nested-reusable-workflows-depth'],
    jobs: options['max-job-limit'],
  }
  const { problems } = parseWorkflow(workflow, `.github/workflows/${name}`, {
    ...(called.size > 0 && !options['skip-reusable-workflows'] ? { calls } : {}),
    limits: {
      ...(options['max-depth'] === undefined ? {} : { depth: options['max-depth'] }),
      ...(options['max-file-size'] === undefined ? {} : { characters: options['max-file-size'] }),
      ...(options['max-result-size'] === undefined ? {} : { bytes: options['max-result-size'] }),
    },
  })
  const errors = problems.filter((problem) => problem.severity === 'error')
  if (!expected.errors) {
    const [error] = errors
    return [{ kind: 'load', name, because: error && `refused at line ${error.line}: ${error.sentence}` }]
  }
  const places = expected.errors.flatMap(({ Message }) => {
    const place = /\(Line: (\d+), Col: (\d+)\)/.exec(Message)
    return place ? [{ line: Number(place[1]), column: Number(place[2]), message: Message }] : []
  })
  const because = errors.length > 0 ? undefined : `loaded, though: ${expected.errors[0]?.Message ?? 'it must not'}`
  return [
    { kind: 'reject', name, because },
    ...places.map(({ line, column, message }): ReaderResult => {
      const found = errors.some((error) => error.line === line && error.column === column)
      const told = errors.map((error) => `${error.line}:${error.column} ${error.sentence}`).join(' | ')
      return { kind: 'place', name, because: found ? undefined : `${message} — told: ${told || 'nothing'}` }
    }),
  ]
}
