import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Data } from './data.ts'

/** A failing log, one of the same job that passed, and the lines that a person marked. Lines end with `\n` alone. */
export interface Pair {
  readonly id: string
  readonly project: string
  readonly log: string
  readonly passed: string
  /** E: they tell of the failure. */
  readonly spans: readonly Span[]
  /** C: they count neither for nor against. */
  readonly neutral: readonly Span[]
}

interface Span {
  readonly start: number
  readonly end: number
}

export function cidiff(data: Data): readonly Pair[] {
  const folder = data.folder('cidiff')
  if (folder === undefined) return []
  return globSync('data/**/groundtruth', { cwd: folder })
    .sort()
    .map((path) => dirname(join(folder, path)))
    .filter((at) => existsSync(join(at, 'fail.log')) && existsSync(join(at, 'pass.log')))
    .map((at) => {
      const log = join(at, 'fail.log')
      const marks = readFileSync(join(at, 'groundtruth'), 'utf8').split('\n')
      const lineOf = newlineNumbers(readFileSync(log, 'utf8'))
      const spans = (letter: string): readonly Span[] =>
        marks.flatMap((mark) => {
          const found = new RegExp(`^${letter} (\\d+)(?:-(\\d+))?`).exec(mark)
          if (found === null) return []
          const start = Number(found[1])
          return [{ start: lineOf(start), end: lineOf(Number(found[2] ?? start)) }]
        })
      return {
        id: at.slice(folder.length + 1),
        project: /\/run\d+$/.test(at) ? basename(dirname(at)) : basename(at).replace(/_\d+$/, ''),
        log,
        passed: join(at, 'pass.log'),
        spans: spans('E'),
        neutral: spans('C'),
      }
    })
}

/** The marks count a lone carriage return as the end of a line. */
function newlineNumbers(text: string): (line: number) => number {
  const numbers = [1]
  let line = 1
  for (const [end] of text.matchAll(/\r\n|\n|\r/g)) {
    if (end !== '\r') line += 1
    numbers.push(line)
  }
  return (counted) => numbers[counted - 1] ?? line
}
