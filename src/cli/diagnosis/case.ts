import { z } from 'zod'

/** One line of a batch. `examples` are taken as they come: a bad one costs itself, never the case. */
export interface Case {
  readonly id: string
  readonly log: string
  readonly passed?: string | undefined
  readonly examples: readonly unknown[]
  /** JUnit and SARIF files of the job. */
  readonly reports: readonly string[]
}

export type CaseLine =
  | { readonly kind: 'case'; readonly value: Case }
  | { readonly kind: 'none'; readonly id: string | undefined; readonly sentence: string }

const Id = z.union([z.string(), z.number()]).transform(String)
const CaseWords = z.object({
  id: Id,
  log: z.string().min(1),
  passed: z.string().min(1).nullish(),
  examples: z.array(z.unknown()).nullish(),
  reports: z.array(z.string()).nullish(),
})

/** Reads a line of a batch; what is no case is named with its id, if it has one. */
export function readCase(line: string): CaseLine {
  const words = asJson(line)
  const parsed = CaseWords.safeParse(words)
  if (parsed.success) {
    const { id, log, passed, examples, reports } = parsed.data
    return {
      kind: 'case',
      value: { id, log, passed: passed ?? undefined, examples: examples ?? [], reports: reports ?? [] },
    }
  }
  const id = z.object({ id: Id }).safeParse(words).data?.id
  const shown = line.length > 80 ? `${line.slice(0, 80)}…` : line
  const sentence = `not a case: ${shown}; a line is {"id": "…", "log": "path", "passed"?: "path", "examples"?: […]}`
  return { kind: 'none', id, sentence }
}

function asJson(line: string): unknown {
  try {
    // A byte order mark, as some editors write one, is no part of the first case.
    return JSON.parse(line.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}
