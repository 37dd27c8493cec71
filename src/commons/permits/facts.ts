import type { Clock } from '../../base/clock.ts'
import type { Database } from '../../engine/database/database.ts'
import type { PermitFacts } from './decide.ts'
import { failuresInARow, type PermitRow, rerunsGranted, spentOn } from './memory.ts'
import type { PermitRequest } from './permits.ts'
import { sideEffects } from './side-effects.ts'
import { readStop, type StopState } from './stop.ts'

interface FactsDeps {
  readonly dataDir: string
  readonly clock: Clock
  readonly redact: (text: string) => string
}

/** What about, as far as the tables must know to count. */
interface About {
  readonly repository: string
  readonly runId: string
  readonly family: string
  readonly remedy: PermitFacts['remedy']
}

/** The facts of a new request. The stop switch stays as read until the transaction ends. */
export async function gatherFacts(
  tx: Database,
  request: PermitRequest,
  mass: string | null,
  deps: FactsDeps,
): Promise<PermitFacts> {
  const { bound, plan, policy } = request
  const own = policy.remedies[plan.remedy]
  const touched = sideEffects(request.definition, bound.jobs, {
    redact: deps.redact,
    dependants: plan.remedy !== 'stop-hang',
    trigger: request.trigger,
  })
  const about = { repository: bound.repository, runId: bound.runId, family: request.family, remedy: plan.remedy }
  return {
    remedy: plan.remedy,
    mode: own.mode,
    unsupported: request.unsupported ?? null,
    jobs: touched.jobs,
    never: policy.never.map(deps.redact),
    sideEffects: touched.found,
    vendor: { attempt: bound.attempt, ageMs: deps.clock.now().getTime() - request.runCreatedAt.getTime() },
    budget: { reruns: policy.budget.rerunsPerDay, minutes: policy.budget.minutesPerDay },
    cost: { minutes: Math.max(0, Math.ceil(request.minutes)) },
    superseded: request.tip !== undefined && request.tip !== bound.sha,
    mass,
    ...(await gatherCounts(tx, about, own.attempts, deps)),
  }
}

/** The facts of a permit that was held, as they are now; what only its asker could know stays as it was. */
export async function gatherAgain(tx: Database, row: PermitRow, deps: FactsDeps): Promise<PermitFacts> {
  const about = { repository: row.repository, runId: row.run_id, family: row.family, remedy: row.remedy }
  const waitedMs = deps.clock.now().getTime() - row.asked_at.getTime()
  return {
    ...row.facts,
    mass: null,
    vendor: { ...row.facts.vendor, ageMs: row.facts.vendor.ageMs + waitedMs },
    ...(await gatherCounts(tx, about, row.facts.attempts.allowed, deps)),
  }
}

async function gatherCounts(
  tx: Database,
  about: About,
  attemptsAllowed: number,
  { dataDir, clock }: FactsDeps,
): Promise<Pick<PermitFacts, 'stop' | 'attempts' | 'spentToday' | 'failuresInARow' | 'sinceLastFailureMs'>> {
  const now = clock.now()
  const failures = await failuresInARow(tx, { ...about, exceptRun: about.runId })
  return {
    stop: sayStop(await readStop(dataDir, tx, { lock: true })),
    attempts: { made: await rerunsGranted(tx, about.runId, about.family), allowed: attemptsAllowed },
    spentToday: await spentOn(tx, about.repository, dayOf(now)),
    failuresInARow: failures.times,
    sinceLastFailureMs: failures.last === undefined ? null : now.getTime() - failures.last.getTime(),
  }
}

export function sayStop(state: StopState): PermitFacts['stop'] {
  switch (state.kind) {
    case 'released':
      return state
    case 'engaged':
      return {
        kind: 'engaged',
        sentence: `Everything is stopped by ${state.by} since ${state.since.toISOString()}: ${state.why}`,
      }
    case 'unknown':
      return { kind: 'unknown', sentence: `It is not known whether everything is stopped: ${state.why}` }
    default:
      return state satisfies never
  }
}

/** The day whose budget is spent, in UTC. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10)
}
