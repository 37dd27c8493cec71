import type { CleanLine } from '../logs/clean-line.ts'
import { redactLines } from '../logs/redact.ts'
import { createBareReturns } from './bare-returns.ts'
import { createEndingReader, type Ending, endingLiterals } from './ending.ts'
import { createResultsReader, resultLiterals } from './reader.ts'
import type { TestResults } from './test-results.ts'

/** What the scan of a log watches for, for the sake of results. */
export const watchedLiterals: readonly string[] = [...new Set([...resultLiterals, ...endingLiterals])]

const isEnding = watchedLiterals.map((literal) => endingLiterals.includes(literal))
const resultNumber = watchedLiterals.map((literal) => resultLiterals.indexOf(literal))

/** Hears what a log says of tests and of how the job ended, in the one pass of the scan. */
export function createListener() {
  const heard = createEar()
  const heardBare = createEar()
  const bare = createBareReturns(watchedLiterals, heardBare)
  return {
    watcher: heard,
    /** Every chunk of the log, for a log without lines. */
    push: bare.push,
    end(): { readonly results?: TestResults; readonly ending?: Ending } {
      const { results, ending } = bare.end() ? heardBare.end() : heard.end()
      return {
        ...(results === undefined ? {} : { results: { ...results, failing: redacted(results.failing) } }),
        ...(ending === undefined ? {} : { ending }),
      }
    },
  }
}

function createEar() {
  const results = createResultsReader()
  const ending = createEndingReader()
  const numbers: number[] = []
  return {
    see(clean: CleanLine, literals: readonly number[]): void {
      numbers.length = 0
      let ends = false
      for (const literal of literals) {
        const number = resultNumber[literal] ?? -1
        if (number !== -1) numbers.push(number)
        ends ||= isEnding[literal] === true
      }
      if (numbers.length > 0 || results.follows()) results.see(clean.text, numbers)
      if (ends) ending.see(clean)
    },
    follows: results.follows,
    end: () => ({ results: results.end(), ending: ending.end() }),
  }
}

/** Names of tests hold their parameters, and those can be anything. */
function redacted(names: readonly string[]): readonly string[] {
  return names.length === 0 ? names : redactLines([...names])
}
