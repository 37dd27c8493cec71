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
export function merged(told: readonly Told[]): TestResults | undefined {
  const main = mainOf(told)
  if (main === undefined) return undefined
  const sum = emptyTally()
  const failing = createNames()
  const frameworks = new Set<string>()
  let isRunKnown = true
  for (const { tool, builds, framework = tool, tally, onlyFailures, failing: names, seconds = 0 } of speaking(
    told,
    main,
  )) {
    sum.seconds += seconds
    for (const name of names) failing.add(name)
    if (tally !== undefined) add(sum, tally)
    if (onlyFailures === true) isRunKnown = false
    if (tally !== undefined || builds !== true) frameworks.add(framework)
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

/** The tools of the main one's language, without those that another one counted for. */
function speaking(told: readonly Told[], main: Told): readonly Told[] {
  const counting = new Set(told.filter(({ tally }) => tally !== undefined).map(({ tool }) => tool))
  return told.filter(
    ({ family, within = [] }) => family === main.family && !within.some((outer) => counting.has(outer)),
  )
}

function mainOf(told: readonly Told[]): Told | undefined {
  return [...told].sort((a, b) => weight(b) - weight(a))[0]
}

function weight({ builds, tally, failing }: Told): number {
  const failed = Math.max(tally?.failed ?? 0, failing.length)
  return (failed > 0 ? 1e9 : 0) + Math.min(tally?.run ?? 0, 1e8) + (builds === true ? 0.5 : 0)
}
