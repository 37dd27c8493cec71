import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareProgress } from '../../model/run.ts'
import { someJob, someRun } from './pipelines.fixture.ts'
import { progressOfJob, progressOfRun, stageOf } from './progress.ts'

describe('progress of an attempt', () => {
  it('sorts snapshots as the model does', () => {
    const snapshot = fc.record({
      status: fc.constantFrom('queued' as const, 'in_progress' as const, 'completed' as const),
      minute: fc.nat(500),
    })
    fc.assert(
      fc.property(snapshot, snapshot, (a, b) => {
        const [one, other] = [someRun(a), someRun(b)]
        const order = compareProgress(one, other)
        fc.pre(order !== 0)
        expect(progressOfRun(one) < progressOfRun(other)).toBe(order < 0)
      }),
    )
  })

  it('is the same for the same report, whether a field is missing or undefined', () => {
    const { title: _, ...untitled } = someRun()
    expect(progressOfRun(untitled)).toBe(progressOfRun({ ...someRun(), title: undefined }))
  })

  it('has not ended while the vendor waits for a person', () => {
    const waiting = someRun({ status: 'completed', conclusion: 'action_required', minute: 1 })
    const allowed = someRun({ status: 'in_progress', minute: 2 })
    expect(stageOf(waiting)).toBe(0)
    expect(progressOfRun(waiting) < progressOfRun(allowed)).toBe(true)
  })

  it('of two reports of a job, the one with more steps behind it is further', () => {
    const step = someJob().steps[0]
    const early = someJob({ steps: step ? [step] : [] })
    const later = someJob({ steps: step ? [{ ...step, status: 'completed', conclusion: 'success' }] : [] })
    expect(progressOfJob(early) < progressOfJob(later)).toBe(true)
  })
})
