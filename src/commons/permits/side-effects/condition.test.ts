import { describe, expect, test } from 'vitest'
import { canRun } from './condition.ts'

const onBranch = { event: 'push', ref: 'refs/heads/feature' }
const onMain = { event: 'push', ref: 'refs/heads/main' }

describe('a job behind a failed one', () => {
  test.each([
    ["github.ref == 'refs/heads/main'"],
    ["${{ github.ref == 'refs/heads/main' || github.event_name == 'workflow_dispatch' }}"],
    ["success() && github.ref_name == 'main'"],
    ["github.event_name == 'push' && startsWith(github.ref, 'refs/tags/')"],
    ["!(github.ref != 'refs/heads/main')"],
    ["github['ref'] == 'refs/heads/main' && vars.DEPLOY == 'yes'"],
    ['false'],
  ])('with %s cannot run on another branch', (condition) => {
    expect(canRun(condition, onBranch)).toBe(false)
  })

  test.each([
    [''],
    ['always()'],
    ["github.ref == 'refs/heads/main' || vars.DEPLOY == 'yes'"],
    ["github.actor == 'someone'"],
    ['github.ref == vars.BRANCH'],
    ["contains(github.event.head_commit.message, 'deploy')"],
    ['needs.build.outputs.deploy'],
    ["github.repository == 'x/y' && github.event_name == 'push'"],
    ['this is not ( an expression'],
    ["startsWith(github.ref, 'refs/heads/')"],
  ])('with %s may run: what is not known could be anything', (condition) => {
    expect(canRun(condition, onBranch)).toBe(true)
  })

  test('may run on the branch it names, and when nothing is known of the run', () => {
    expect(canRun("github.ref == 'refs/heads/main'", onMain)).toBe(true)
    expect(canRun("github.ref == 'refs/heads/main'", undefined)).toBe(true)
  })
})
