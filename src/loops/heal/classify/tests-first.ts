import type { Category } from '../../../model/diagnosis.ts'
import type { Ranked } from '../logs/rank.ts'
import type { TestResults } from '../results/test-results.ts'

/** Categories that a failing test meets as well as a failing step. */
const metByTests = /^(?:net|ext|res\.concurrency)/
const saidByTests = /^(?:net|ext|auth|config\.env|res\.concurrency|code\.compile|dep|vcs)/
/** Less is covered where tests stop early. */
const measured = /^coverage\./
/** How near a failing test an error must stand to be that test's own. */
const near = 30
/** What it says of the cause that the runner's own totals tell of failed tests. */
const counted = 0.72
/** What counts less beside a finer or a surer reading is worth this much. */
const damping = 0.6

/** What speaks for a category, and how much. */
interface Witness {
  readonly category: Category
  readonly score: number
}

/**
 * Where a test clearly failed, errors of other kinds mostly are what the tests say, not what broke the step. A port or
 * a connection that fails inside a failing test makes it a test of shared resources; a test that waited too long or
 * was seen to flake is that rather than plainly failed. Totals that were read tell so even of a runner whose lines no
 * pattern knows.
 */
export function readAsTests(ranked: readonly Ranked[], results?: TestResults): readonly Witness[] {
  const failing = ranked.filter(
    ({ pattern, score }) => pattern.category === 'code.test' && pattern.role === 'cause' && score >= 0.5,
  )
  // A test that never came to an assertion may lack a module or a database: the lines say which.
  const told = results !== undefined && results.failed > results.errored
  const sure = told || failing.some(({ score }) => score >= 0.7)
  const isOwn = (each: Ranked): boolean => sure && isMetBy(failing, each)
  const isFiner = ranked.some(
    (each) => each.score >= 0.5 && (each.pattern.category?.startsWith('test.') === true || isOwn(each)),
  )
  const plainly = (score: number): number => score * (isFiner ? damping : 1)
  const totals = told && failing.length === 0 ? [{ category: 'code.test' as const, score: plainly(counted) }] : []
  const lines = ranked.flatMap((each): readonly Witness[] => {
    const { pattern, score } = each
    const { category } = pattern
    if (category === undefined) return []
    if (category === 'code.test') return [{ category, score: plainly(score) }]
    if (!sure || !(saidByTests.test(category) || measured.test(pattern.id))) return [{ category, score }]
    return [isOwn(each) ? { category: 'test.resource', score } : { category, score: score * damping }]
  })
  return [...totals, ...lines]
}

function isMetBy(failing: readonly Ranked[], { hit, pattern }: Ranked): boolean {
  return (
    metByTests.test(pattern.category ?? '') &&
    failing.some((test) => hit.line >= test.hit.line && hit.line <= test.hit.line + near)
  )
}
