import { saySize } from '../../../base/quantity.ts'
import { type After, judgeRerun, type Remedy, rerun } from './remedy.ts'

const step = 64 * 2 ** 20

/** The job was killed at its memory limit: rerun with a higher one, and keep the limit if the job then passes below it. */
export const moreMemory: Remedy<'more-memory'> = {
  kind: 'more-memory',
  awaits: 'next-attempt',
  consider(diagnosis, facts) {
    if (!facts.run.ended || !facts.can.resize || diagnosis.category !== 'res.oom') return undefined
    const killed = facts.failed.filter((job) => job.observed?.outOfMemory === true)
    if (killed.length !== facts.failed.length) return undefined
    const fromBytes = Math.max(...killed.map((job) => job.observed?.memoryLimitBytes ?? 0))
    const peakBytes = Math.max(...killed.map((job) => job.observed?.peakMemoryBytes ?? 0))
    if (fromBytes === 0 || fromBytes >= facts.upTo.memoryBytes) return undefined
    const memoryBytes = Math.min(roundUp(Math.max(fromBytes * 2, peakBytes * 1.5)), facts.upTo.memoryBytes)
    const why = `killed at ${saySize(peakBytes)} under a limit of ${saySize(fromBytes)}; try ${saySize(memoryBytes)}`
    return { remedy: 'more-memory', memoryBytes, fromBytes, why }
  },
  act: async (plan, hands) => await rerun(hands, { memoryBytes: plan.memoryBytes }),
  prove(plan, after, facts) {
    const proof = judgeRerun(after, facts)
    if (proof.held !== true) return proof
    const peakBytes = peakOf(after)
    const sentence = `${proof.sentence} Peak ${saySize(peakBytes)}, limit ${saySize(plan.memoryBytes)} kept for next time.`
    return { ...proof, sentence, peakBytes, memoryBytes: plan.memoryBytes }
  },
  async keep(plan, _after, { ci, facts }) {
    for (const job of facts.failed) {
      await ci.keepLimit?.({
        repository: facts.run.repository,
        path: facts.run.path,
        job: job.key ?? job.name,
        memoryBytes: plan.memoryBytes,
      })
    }
  },
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / step) * step
}

function peakOf(after: After): number {
  return Math.max(0, ...(after?.jobs ?? []).map((job) => job.observed?.peakMemoryBytes ?? 0))
}
