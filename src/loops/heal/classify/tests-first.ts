import type { Category } from '../../../model/diagnosis.ts'
import type { Ranked } from '../logs/rank.ts'

/** Categories that a failing test meets as well as a failing step. */
const metByTests = /^(?:net|ext|res\.concurrency)/
const saidByTests = /^(?:net|ext|auth|config\.env|res\.concurrency|code\.compile|dep|vcs)/
/** How near a failing test an error must stand to be that test's own. */
const near = 30

/**
 * Where a test clearly failed, errors of other kinds mostly are what the tests say, not what broke the step. A port or
 * a connection that fails inside a failing test makes it a test of shared resources; a test that waited too long or
 * was seen to flake is that rather than plainly failed.
 */
export function readAsTests(ranked: readonly Ranked[]): readonly { category: Category; score: number }[] {
  const failing = ranked.filter(
    ({ pattern, score }) => pattern.category === 'code.test' && pattern.role === 'cause' && score >= 0.5,
  )
  const sure = failing.some(({ score }) => score >= 0.7)
  const isOwn = ({ hit, pattern }: Ranked): boolean =>
    sure &&
    metByTests.test(pattern.category ?? '') &&
    failing.some((test) => hit.line >= test.hit.line && hit.line <= test.hit.line + near)
  const finer = ranked.some(
    (each) => each.score >= 0.5 && (each.pattern.category?.startsWith('test.') === true || isOwn(each)),
  )
  return ranked.flatMap((each) => {
    const { pattern, score } = each
    const { category } = pattern
    if (category === undefined) return []
    if (category === 'code.test' && finer) return [{ category, score: score * 0.6 }]
    if (!sure || !saidByTests.test(category)) return [{ category, score }]
    if (isOwn(each)) return [{ category: 'test.resource' as const, score }]
    return [{ category, score: score * 0.6 }]
  })
}
