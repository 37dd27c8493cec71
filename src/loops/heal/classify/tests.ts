import type { Diagnosis } from '../../../model/diagnosis.ts'
import type { Ranked } from '../logs/rank.ts'

/** How many tests ran and which failed, as the log's own totals say; the totals that tell most count. */
export function testsOf(ranked: readonly Ranked[], failing: readonly string[]): Pick<Diagnosis, 'tests'> {
  const totals = ranked.filter(({ pattern }) => pattern.role === 'result').map(({ hit }) => hit.groups)
  const most = (pick: (groups: (typeof totals)[number]) => number | undefined): number | undefined => {
    const counts = totals.map(pick).filter((count) => count !== undefined)
    return counts.length === 0 ? undefined : Math.max(...counts)
  }
  const run = most(({ run: all, passed, failed, skipped }) => count(all) ?? sum(passed, failed, skipped))
  const failed = most(({ failed: bad, errors }) => sum(bad, errors))
  const skipped = most(({ skipped: left }) => count(left))
  if (run === undefined && failed === undefined && failing.length === 0) return {}
  return {
    tests: {
      ...(run === undefined ? {} : { run }),
      ...(failed === undefined ? {} : { failed }),
      ...(skipped === undefined ? {} : { skipped }),
      failing,
    },
  }
}

function count(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text)
}

function sum(...texts: readonly (string | undefined)[]): number | undefined {
  const counts = texts.map(count).filter((each) => each !== undefined)
  return counts.length === 0 ? undefined : counts.reduce((total, each) => total + each, 0)
}
