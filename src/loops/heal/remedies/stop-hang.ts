import { sayDuration } from '../../../base/quantity.ts'
import type { FailedJob } from '../facts.ts'
import { list, type Remedy } from './remedy.ts'

/** A job that neither prints nor computes: stop it, and hand the evidence to a person. It is not rerun: it would hang again. */
export const stopHang: Remedy<'stop-hang'> = {
  kind: 'stop-hang',
  awaits: 'end-of-attempt',
  consider(_diagnosis, facts) {
    const hanging = facts.failed.filter((job) => job.observed?.stall !== undefined)
    if (facts.run.ended || hanging.length === 0) return undefined
    const silent = Math.max(...hanging.map((job) => job.observed?.stall?.silentMs ?? 0))
    return {
      remedy: 'stop-hang',
      jobs: hanging.map((job) => job.externalId),
      why: `no output and no processor time for ${sayDuration(silent)}: a hang, not a slow job`,
    }
  },
  async act(plan, { ci, facts, ref, idempotencyKey, tell }) {
    const { attempt, sha } = facts.run
    const answer = await ci.stop({ ...ref, attempt, sha, jobs: plan.jobs, reason: plan.why, idempotencyKey })
    const names = facts.failed.map((job) => job.name)
    await tell({
      title: `${list(names)} of ${facts.run.repository} hung and was stopped`,
      severity: 'high',
      evidence: facts.failed.flatMap(evidenceOf),
    })
    return answer
  },
  prove(plan, after) {
    if (after === undefined) return { held: null, sentence: 'The job did not end in time after it was stopped.' }
    const stopped = after.jobs.filter((job) => plan.jobs.includes(job.externalId))
    const held = stopped.length > 0 && stopped.every((job) => job.status === 'completed')
    return { held, sentence: held ? 'The job has ended; nothing of it runs any more.' : 'The job still runs.' }
  },
}

function evidenceOf(job: FailedJob): readonly string[] {
  const stall = job.observed?.stall
  if (stall === undefined) return [job.diagnosis.sentence]
  const seen = `silent for ${sayDuration(stall.silentMs)}, ${sayDuration(stall.cpuMs)} of processor time in it`
  const waiting = stall.processes.map(
    (p) => `process ${p.pid} ${p.command}: ${p.state}${p.waitingOn === undefined ? '' : `, waits in ${p.waitingOn}`}`,
  )
  return [`${job.name}: ${seen}`, `last line: ${stall.lastLine}`, ...waiting.slice(0, 10)]
}
