import type { Remedy } from './remedy.ts'

/** Hand the failure to the people who can mend it, with the first cause. An incident where a service is at stake. */
export const escalate: Remedy<'escalate'> = {
  kind: 'escalate',
  awaits: 'nothing',
  consider(diagnosis, facts) {
    const hung = facts.failed.some((job) => job.observed?.stall !== undefined)
    const severity =
      hung || diagnosis.category === 'dep.integrity' || diagnosis.category === 'code.security' ? 'high' : 'low'
    const because =
      diagnosis.transience.verdict === 'deterministic'
        ? 'a rerun would fail the same way'
        : 'nothing that Mendline may do is likely to help'
    const who = diagnosis.owner === 'nobody' ? 'a person' : `the ${diagnosis.owner}`
    return { remedy: 'escalate', severity, why: `${because}; ${who} must act` }
  },
  async act(plan, { facts, tell }) {
    const first = facts.failed[0]
    await tell({
      title: first?.diagnosis.sentence ?? `${facts.run.pipeline} of ${facts.run.repository} failed`,
      severity: plan.severity,
      evidence: first?.diagnosis.evidence ?? [],
    })
    return { kind: 'done', already: false, at: new Date(facts.at) }
  },
  prove: () => ({ held: null, sentence: 'People were told; they decide.' }),
}
