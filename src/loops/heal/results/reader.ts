import { merged } from './merge.ts'
import type { TestResults } from './test-results.ts'
import type { ToolReading } from './tool.ts'
import { tools } from './tools.ts'

/** Every literal of every tool; the place of one in this list is its number. */
export const resultLiterals: readonly string[] = [...new Set(tools.flatMap(({ literals }) => literals))]

/** Which tools ask for the literal of a number. */
const asking = resultLiterals.map((literal) =>
  tools.flatMap((tool, number) => (tool.literals.includes(literal) ? [number] : [])),
)

/** A block that goes on for longer is not one: the tool was killed inside, or something else looks like its begin. */
const maxFollowed = 20_000

export interface ResultsReader {
  /** A line in the order of the log, as a person sees it, and the numbers of the literals that stand in it. */
  see(line: string, literals: readonly number[]): void
  /** The next line is wanted whatever it holds. */
  follows(): boolean
  end(): TestResults | undefined
}

/** Reads what all tools tell about tests. Keeps bounded memory, however long the log. */
export function createResultsReader(): ResultsReader {
  const readings: (ToolReading | undefined)[] = tools.map(() => undefined)
  // Used again for every line: a set made anew for each is gigabytes of garbage in a long log.
  const seenAt = new Float64Array(tools.length)
  const followed = new Uint32Array(tools.length)
  let following: readonly number[] = []
  let lines = 0

  function tell(number: number, line: string): void {
    if (seenAt[number] === lines) return
    seenAt[number] = lines
    const reading = readings[number] ?? tools[number]?.read()
    if (reading === undefined) return
    readings[number] = reading
    reading.see(line)
    const wants = reading.follows?.() === true
    followed[number] = wants ? (followed[number] ?? 0) + 1 : 0
    const goesOn = wants && (followed[number] ?? 0) <= maxFollowed
    if (goesOn !== following.includes(number))
      following = goesOn ? [...following, number] : following.filter((each) => each !== number)
  }

  return {
    see(line, literals) {
      lines += 1
      for (const number of following) tell(number, line)
      for (const literal of literals) for (const number of asking[literal] ?? []) tell(number, line)
    },
    follows: () => following.length > 0,
    end: () =>
      merged(
        readings.flatMap((reading, number) => {
          const results = reading?.end()
          const tool = tools[number]
          return results === undefined || tool === undefined
            ? []
            : [{ tool: tool.name, family: tool.family, ...results }]
        }),
      ),
  }
}
