import type { Diagnosis } from '../../../model/diagnosis.ts'
import type { Ranked } from '../logs/rank.ts'
import type { TestResults } from '../results/test-results.ts'

/** As many names as an answer holds. */
const maxFailing = 500

/**
 * What the tests did, as their tools told; nothing ran where a tool spoke and told of none. Names that no tool told come
 * from the patterns of failures.
 */
export function testsOf(results: TestResults | undefined, ranked: readonly Ranked[]): Pick<Diagnosis, 'tests'> {
  const named = [...new Set(ranked.flatMap(({ hit }) => hit.groups.test ?? []))]
  if (results === undefined) return named.length === 0 ? {} : { tests: { failing: named.slice(0, maxFailing) } }
  const { run, failed, skipped, expectedFailures, unexpectedPasses, failing, frameworks, durationSeconds } = results
  return {
    tests: {
      frameworks,
      ...(run === undefined ? {} : { run }),
      failed,
      skipped,
      ...(expectedFailures === 0 ? {} : { expectedFailures }),
      ...(unexpectedPasses === 0 ? {} : { unexpectedPasses }),
      failing: (failed > 0 && failing.length === 0 ? named : failing).slice(0, maxFailing),
      ...(durationSeconds === undefined ? {} : { durationSeconds }),
    },
  }
}

/** A build tool is the log's tool whatever broke in it; a runner of tests only if tests failed or nothing else did. */
export function toolOf(results: TestResults | undefined, broke: string | undefined): string | undefined {
  if (results === undefined) return broke
  return results.builds || results.failed > 0 ? results.tool : (broke ?? results.tool)
}
