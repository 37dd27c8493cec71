import type { Diagnosis } from '../../../model/diagnosis.ts'
import type { Ranked } from '../logs/rank.ts'
import type { TestResults } from '../results/test-results.ts'

/** As many names as an answer holds. */
const maxFailing = 500

/** What the tests did, as their tools told; without a tool that tells, the names that patterns of failures hold. */
export function testsOf(results: TestResults | undefined, ranked: readonly Ranked[]): Pick<Diagnosis, 'tests'> {
  if (results !== undefined && (results.run ?? 0) + results.failed + results.skipped + results.failing.length > 0) {
    const { run, failed, skipped, failing, durationSeconds } = results
    return {
      tests: {
        ...(run === undefined ? {} : { run }),
        failed,
        skipped,
        failing: failing.slice(0, maxFailing),
        ...(durationSeconds === undefined ? {} : { durationSeconds }),
      },
    }
  }
  const failing = [...new Set(ranked.flatMap(({ hit }) => hit.groups.test ?? []))].slice(0, maxFailing)
  return failing.length === 0 ? {} : { tests: { failing } }
}

/** A build tool is the log's tool whatever broke in it; a runner of tests only if tests failed or nothing else did. */
export function toolOf(results: TestResults | undefined, broke: string | undefined): string | undefined {
  if (results === undefined) return broke
  return results.builds || results.failed > 0 ? results.tool : (broke ?? results.tool)
}
