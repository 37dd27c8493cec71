import { describe, expect, test } from 'vitest'
import type { Conclusion, Job } from '../../../model/run.ts'
import { factsOf, failedJob } from '../facts.fixture.ts'
import { judgeRerun } from './remedy.ts'

const facts = factsOf([failedJob('net.reset', { name: 'test' }), failedJob('net.reset', { name: 'lint' })])
const again = (...ends: readonly (readonly [string, Conclusion])[]) => {
  const jobs = ends.map(([name, conclusion]) => ({ name, conclusion }) as Job)
  return judgeRerun({ attempt: 2, sha: facts.run.sha, jobs }, facts)
}

describe('a rerun', () => {
  test('held when every job that had failed is green, whatever else there is', () => {
    expect(again(['test', 'success'], ['lint', 'success'], ['docs', 'failure'])).toMatchObject({ held: true })
  })

  test('held when two jobs bear one name and both are green', () => {
    expect(again(['test', 'success'], ['test', 'success'], ['lint', 'success'])).toMatchObject({ held: true })
  })

  test('did not hold when one of them failed again, and says which', () => {
    const proof = again(['test', 'success'], ['lint', 'failure'])
    expect(proof).toMatchObject({ held: false, sentence: 'Job lint failed again in attempt 2.' })
    expect(again(['test', 'cancelled'], ['lint', 'timed_out'])).toMatchObject({ held: false, red: ['lint'] })
  })

  test('proves nothing when it was cancelled, or does not show the job', () => {
    expect(again(['test', 'success'], ['lint', 'cancelled'])).toMatchObject({
      held: null,
      sentence: 'Job lint did not run to the end in attempt 2; nothing was proven.',
    })
    expect(again(['test', 'success'])).toMatchObject({ held: null })
  })
})
