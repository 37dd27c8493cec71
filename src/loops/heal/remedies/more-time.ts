import { sayDuration } from '../../../base/quantity.ts'
import { judgeRerun, type Remedy, rerun } from './remedy.ts'

/** The job worked until its time limit: slow, not hanging. Rerun with more time, and keep the limit if it then passes. */
export const moreTime: Remedy<'more-time'> = {
  kind: 'more-time',
  awaits: 'next-attempt',
  consider(diagnosis, facts) {
    const timedOut = diagnosis.category === 'res.timeout_job' || diagnosis.category === 'res.timeout_step'
    if (!facts.run.ended || !facts.can.resize || !timedOut) return undefined
    if (facts.failed.some((job) => job.observed?.timeoutMs === undefined || job.observed.stall !== undefined))
      return undefined
    if (facts.tried.some((tried) => tried.remedy === 'more-time')) return undefined
    const fromMs = Math.max(...facts.failed.map((job) => job.observed?.timeoutMs ?? 0))
    const timeoutMs = Math.min(fromMs * 2, facts.upTo.timeoutMs)
    if (timeoutMs <= fromMs) return undefined
    const why = `it still worked when its limit of ${sayDuration(fromMs)} came; try ${sayDuration(timeoutMs)}`
    return { remedy: 'more-time', timeoutMs, fromMs, why }
  },
  act: async (plan, hands) => await rerun(hands, { timeoutMs: plan.timeoutMs }),
  prove: (_plan, after, facts) => judgeRerun(after, facts),
  async keep(plan, _after, { ci, facts }) {
    for (const job of facts.failed) {
      await ci.keepLimit?.({
        repository: facts.run.repository,
        path: facts.run.path,
        job: job.key ?? job.name,
        timeoutMs: plan.timeoutMs,
      })
    }
  },
}
