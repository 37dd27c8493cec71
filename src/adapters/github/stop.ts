import { Unavailable } from '../../base/errors.ts'
import type { Ci, EffectAnswer, StopRequest } from '../ci.ts'
import { messageOf } from './rate-limit.ts'
import { gone, moved, refused } from './refusal.ts'
import type { RerunDeps } from './rerun.ts'

/** Cancel a run: GitHub cannot stop a single job. A cancelled run stays cancelled, so asking twice is harmless. */
export function createStop(deps: Pick<RerunDeps, 'client' | 'reading' | 'clock'>): Ci['stop'] {
  return async (request) => {
    const before = await look(deps, request)
    if (before) return before
    try {
      const answer = await deps.client.post(`/repos/${request.repository}/actions/runs/${request.externalId}/cancel`)
      if (answer.status === 202) return { kind: 'done', already: false, at: deps.clock.now() }
      if (answer.status === 404 || answer.status === 410) return gone(request)
      if (answer.status >= 300 && answer.status < 400) return moved(request)
      const after = await look(deps, request)
      return (
        after ??
        refused(
          'no-permission',
          `GitHub refused to cancel run ${request.externalId} of ${request.repository}: ${messageOf(answer)}`,
        )
      )
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      const after = await look(deps, request)
      if (after?.kind === 'done') return after
      throw error
    }
  }
}

/** The answer that the run's state gives by itself; undefined while it runs as permitted. */
async function look({ reading }: Pick<RerunDeps, 'reading'>, request: StopRequest): Promise<EffectAnswer | undefined> {
  const run = await reading.run(request)
  const name = `run ${request.externalId} of ${request.repository}`
  if (run === undefined) return gone(request)
  if (run.sha !== request.sha || run.attempt !== request.attempt)
    return refused('state-changed', `${name} is at attempt ${run.attempt} of ${run.sha}, not as it was permitted`)
  if (run.status !== 'completed') return undefined
  if (run.conclusion === 'cancelled') return { kind: 'done', already: true, at: run.updatedAt }
  return refused('state-changed', `${name} ended by itself as ${run.conclusion}`)
}
