import { parseWorkflow } from '../../src/roles/runner/workflow/parse.ts'
import type { CaseResult } from './expressions.ts'

export interface ReaderResult extends CaseResult {
  readonly kind: 'load' | 'reject' | 'place'
}

interface Header {
  readonly 'max-depth'?: number
  readonly 'max-file-size'?: number
}

/** One file of GitHub's reader data: options, the workflow, the files it calls, and what must come of it. */
export function checkReader(name: string, text: string, readHeader: (yaml: string) => Header): ReaderResult[] {
  const [header = '', workflow = '', ...rest] = text.split(/^---\r?\n/m)
  const expected = JSON.parse(rest.at(-1) ?? '{}') as { readonly errors?: readonly { readonly Message: string }[] }
  const options = readHeader(header)
  const { problems } = parseWorkflow(workflow, `.github/workflows/${name}`, {
    limits: {
      ...(options['max-depth'] === undefined ? {} : { depth: options['max-depth'] }),
      ...(options['max-file-size'] === undefined ? {} : { characters: options['max-file-size'] }),
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
