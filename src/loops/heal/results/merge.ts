import { add, createNames, emptyTally } from './tally.ts'
import type { TestResults } from './test-results.ts'
import type { Family, ToolResults } from './tool.ts'

export interface Told extends ToolResults {
  readonly tool: string
  readonly family: Family
}

/**
 * One answer out of what several tools told. The log's tool is the one whose tests failed, else the one that ran most.
 * Counts of the tools of its language add up; suites of another language, which mostly are checks on the side, do not.
 */
export function merged(all: readonly Told[]): TestResults | undefined {
  const told = counting(all)
  const heaviest = told.toSorted((a, b) => weight(b) - weight(a))[0]
  if (heaviest === undefined) return undefined
  const main = builderOf(heaviest, told) ?? heaviest
  const sum = emptyTally()
  const failing = createNames()
  const frameworks = new Set<string>()
  let isRunKnown = true
  for (const each of told.filter(({ family }) => family === main.family)) {
    sum.seconds += each.seconds ?? 0
    for (const name of each.failing) failing.add(name)
    if (each.tally !== undefined) add(sum, each.tally)
    if (each.onlyFailures === true) isRunKnown = false
    if (each.tally !== undefined || each.builds !== true) frameworks.add(each.framework ?? each.tool)
  }
  const { seconds, run, ...counts } = sum
  return {
    tool: main.tool,
    builds: main.builds === true,
    frameworks: [...frameworks],
    ...(isRunKnown ? { run } : {}),
    ...counts,
    failing: failing.list(),
    ...(seconds > 0 ? { durationSeconds: Math.round(seconds * 1000) / 1000 } : {}),
  }
}

/** A build tool of its language that ran no tests of its own ran these. */
function builderOf({ builds, family }: Told, told: readonly Told[]): Told | undefined {
  if (builds === true) return undefined
  return told.find((other) => other.builds === true && other.family === family && other.tally === undefined)
}

/** Without the tools that another one counted for. */
function counting(told: readonly Told[]): readonly Told[] {
  const counted = new Set(told.filter(({ tally }) => tally !== undefined).map(({ tool }) => tool))
  return told.filter(({ within = [] }) => !within.some((outer) => counted.has(outer)))
}

function weight({ builds, tally, failing }: Told): number {
  const failed = Math.max(tally?.failed ?? 0, failing.length)
  return (failed > 0 ? 1e9 : 0) + Math.min(tally?.run ?? 0, 1e8) + (builds === true ? 0.5 : 0)
}
