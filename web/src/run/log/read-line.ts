/** What a line of a log is, apart from its text. */
export type Mark = 'plain' | 'group' | 'endgroup' | 'error' | 'warning' | 'notice' | 'command' | 'debug'

export interface ReadLine {
  /** The time the runner put before the line, if it did. */
  readonly time: string | null
  readonly mark: Mark
  readonly text: string
}

/** Terminal codes, as the door shows them: colours and cursor moves say nothing here. */
const codes = /␛\[[0-9;:?]{0,40}[A-Za-z]/g
const stamp = /^\uFEFF?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z) /
const marked =
  /^(?:##\[|::|\[(?=command\]))(group|endgroup|error|warning|notice|command|debug|section)(?: [^\]:]{0,400})?(?:\]|::)/

/** Takes a line apart: its time stamp, the runner's mark (`##[group]` and its kin), and what is left to read. */
export function readLine(line: string): ReadLine {
  const time = stamp.exec(line)?.[1] ?? null
  const rest = (time === null ? line : line.slice(line.indexOf('Z ') + 2)).replace(codes, '')
  const found = marked.exec(rest)
  if (found === null) return { time, mark: 'plain', text: rest }
  const name = found[1] === 'section' ? 'command' : found[1]
  return { time, mark: name as Mark, text: rest.slice(found[0].length) }
}
