import { cleanLine } from '../logs/clean-line.ts'
import { createResultsReader, resultLiterals } from './reader.ts'
import type { TestResults } from './test-results.ts'

/** What is read from these lines, as the scan of a log would hand them on. */
export function toldBy(log: string): TestResults | undefined {
  const reader = createResultsReader()
  for (const line of log.split('\n')) {
    const literals = resultLiterals.flatMap((literal, number) => (`\n${line}\n`.includes(literal) ? [number] : []))
    if (literals.length > 0 || reader.follows()) reader.see(cleanLine(line).text, literals)
  }
  return reader.end()
}
