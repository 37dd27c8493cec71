import { judgeRerun, type Remedy, rerun } from './remedy.ts'

/** A cache brought the failure: rerun the failed jobs without any cache. Others' caches stay as they are. */
export const rerunClean: Remedy<'rerun-clean'> = {
  kind: 'rerun-clean',
  awaits: 'next-attempt',
  consider(diagnosis, facts) {
    if (!facts.run.ended || !facts.can.rerunClean || !diagnosis.category.startsWith('cache.')) return undefined
    if (facts.tried.some((tried) => tried.remedy === 'rerun-clean')) return undefined
    return { remedy: 'rerun-clean', waitMs: 0, why: 'the failure came with a restored cache; a run without it tells' }
  },
  act: async (_plan, hands) => await rerun(hands, { clean: true }),
  prove: (_plan, after, facts) => judgeRerun(after, facts),
}
