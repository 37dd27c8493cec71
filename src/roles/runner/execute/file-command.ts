import { Invalid } from '../../../base/errors.ts'

export type Assignment = readonly [name: string, value: string]

/**
 * What a step wrote to GITHUB_ENV, GITHUB_OUTPUT or GITHUB_STATE. On each line that is not empty, whichever of `=` and
 * `<<` comes first decides; the value of a heredoc is the raw text up to its delimiter, less the last newline.
 * Throws `Invalid` where GitHub fails the step.
 */
export function readAssignments(text: string): readonly Assignment[] {
  const assignments: Assignment[] = []
  let at = 0
  while (at < text.length) {
    const { line, next } = lineAt(text, at)
    at = next
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) throw new Invalid(`Invalid format '${shown(line)}'. Name must not be empty`)
      assignments.push([line.slice(0, equals), line.slice(equals + 1)])
    } else if (heredoc >= 0) {
      const name = line.slice(0, heredoc)
      const delimiter = line.slice(heredoc + 2)
      if (name === '' || delimiter === '')
        throw new Invalid(`Invalid format '${shown(line)}'. Name must not be empty and delimiter must not be empty`)
      const end = findDelimiter(text, at, delimiter)
      assignments.push([name, end.value])
      at = end.next
    } else throw new Invalid(`Invalid format '${shown(line)}'`)
  }
  return assignments
}

function findDelimiter(text: string, start: number, delimiter: string): { value: string; next: number } {
  let at = start
  let valueEnd = start
  while (at < text.length) {
    const { line, end, next } = lineAt(text, at)
    if (line === delimiter) return { value: text.slice(start, valueEnd), next }
    if (next === text.length && end === next)
      throw new Invalid(`Invalid value. Matching delimiter not found '${shown(delimiter)}'`)
    valueEnd = end
    at = next
  }
  throw new Invalid(`Invalid value. Matching delimiter not found '${shown(delimiter)}'`)
}

/** The line that starts here, where its text ends, and where the next one starts. Ends with `\n` or `\r\n`. */
function lineAt(text: string, start: number): { line: string; end: number; next: number } {
  const newline = text.indexOf('\n', start)
  if (newline < 0) return { line: text.slice(start), end: text.length, next: text.length }
  const end = newline > start && text[newline - 1] === '\r' ? newline - 1 : newline
  return { line: text.slice(start, end), end, next: newline + 1 }
}

/** Lines of GITHUB_PATH. */
export function readPathEntries(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line !== '')
}

/** Errors are shown in a log: a secret without its name must not be. */
function shown(line: string): string {
  return line.length > 60 ? `${line.slice(0, 60)}…` : line
}
