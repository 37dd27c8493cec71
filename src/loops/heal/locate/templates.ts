import { hash32 } from '../learn/hash.ts'

const variable = /0x[0-9a-f]{1,40}|[0-9a-f]{7,64}|\d{1,40}/gi

/** What stays the same of a line from run to run, as a number: cheap enough for every line of a log. */
export function templateOf(line: string): number {
  return hash32(line.slice(0, 300).replace(variable, '0').trimEnd())
}
