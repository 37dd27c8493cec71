import { add, createNames, emptyTally } from './tally.ts'
import type { TestResults } from './test-results.ts'
import type { ToolResults } from './tool.ts'

export interface Told extends ToolResults {
  readonly tool: string
}

/**
 * One answer out of what several tools told. Counts of different tools add up. The log's tool is the one whose tests
 * failed, else the one that ran most; a build tool speaks for the test frameworks it runs.
 */
export function merged(told: readonly Told[]): TestResults | undefined {
  const main = mainOf(told)
  if (main === undefined) return undefined
  const sum = emptyTally()
  const failing = createNames()
  const frameworks = new Set<string>()
  for (const { tool, framework, tally, failing: names } of told) {
    for (const name of names) failing.add(name)
    if (tally === undefined) continue
    add(sum, tally)
    frameworks.add(framework ?? tool)
  }
  const { seconds, ...counts } = sum
  return {
    tool: main.tool,
    frameworks: [...frameworks],
    ...counts,
    failing: failing.list(),
    ...(seconds > 0 ? { durationSeconds: Math.round(seconds * 1000) / 1000 } : {}),
  }
}

function mainOf(told: readonly Told[]): Told | undefined {
  return [...told].sort((a, b) => weight(b) - weight(a))[0]
}

function weight({ builds, tally, failing }: Told): number {
  const failed = Math.max(tally?.failed ?? 0, failing.length)
  return (failed > 0 ? 1e9 : 0) + Math.min(tally?.run ?? 0, 1e8) + (builds === true ? 0.5 : 0)
}
