import { Invalid } from '../base/errors.ts'
import { plainLine } from '../base/text.ts'

/** How a command answers: one JSON value, or lines for people. */
export interface AnswerOptions {
  readonly format: string
}

/** Print an answer in the form that was asked for. */
export function answer(options: AnswerOptions, value: unknown, lines: readonly string[]): void {
  if (options.format === 'json') console.log(JSON.stringify(value))
  else for (const line of lines) console.log(indentOf(line) + plainLine(line, 1_000))
}

/** To be called before anything is done: a wrong `--format` must not be found out after the effect. */
export function checkFormat({ format }: AnswerOptions): void {
  if (format !== 'text' && format !== 'json') throw new Invalid(`--format is text or json, not "${format}"`)
}

function indentOf(line: string): string {
  return line.startsWith('  ') ? '  ' : ''
}
