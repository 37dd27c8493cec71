import type { Clock } from '../../base/clock.ts'
import { Conflict, NotFound, Unavailable } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import type { Database, Store } from '../../engine/database/database.ts'
import { transaction } from '../../engine/database/transaction.ts'
import { append } from '../../engine/eventlog/append.ts'
import type { BoundState, Reason } from '../../model/permit.ts'
import { stateChanges } from './bound-state.ts'
import { judge, type PermitFacts, stopSwitch, type Verdict } from './decide.ts'
import { dayOf, gatherAgain, gatherFacts, sayStop } from './facts.ts'
import { familiesToProbe, hearProbe, lookAtMass, nextProbes, sendProbe } from './held.ts'
import { forgetFailures, insertFailure } from './mass-memory.ts'
import {
  expiredPermits,
  findByFlow,
  findPermit,
  findPermits,
  insertPermit,
  listPermits,
  lockJudgement,
  lockPermit,
  lockRepository,
  type PermitRow,
  present,
  spend,
  updatePermit,
} from './memory.ts'
import { type PermitAnswer, type PermitNews, type PermitRequest, type Permits, permitTopic } from './permits.ts'
import { chosenModes, writeMode } from './settings-memory.ts'
import { readStop } from './stop.ts'

export interface PermitsDeps {
  readonly store: Store
  /** Where the stop file lies. */
  readonly dataDir: string
  readonly clock: Clock
  /** Takes secrets out of what a definition or a policy says, before a permit quotes it. */
  readonly redact: (text: string) => string
  /** Wake a waiting flow, in the same transaction. */
  readonly tell: (db: Database, flowId: string, topic: string, news: PermitNews) => Promise<void>
  /** How long a person has to answer; default a day. */
  readonly askedForMs?: number | undefined
}

export function createPermits(deps: PermitsDeps): Permits {
  const { db } = deps.store
  const within = <T>(outer: Database | undefined, body: (tx: Database) => Promise<T>) => transaction(outer ?? db, body)
  return {
    ask: (request, outer) => within(outer, async (tx) => present(await ask(deps, tx, request))),
    answer: (id, given, now, outer) => within(outer, async (tx) => present(await answer(deps, tx, id, given, now))),
    recheck: (id, now) => within(undefined, async (tx) => present(await recheck(deps, tx, id, now))),
    stopped: () => stopped(deps),
    use: (id, receipt, outer) => within(outer, async (tx) => present(await use(deps, tx, id, receipt))),
    giveBack: (id, why) => within(undefined, async (tx) => present(await giveBack(deps, tx, id, why))),
    settle: (id, proven, outer) => within(outer, (tx) => settle(deps, tx, id, proven)),
    noteFailure: (failure, outer) => insertFailure(outer ?? db, failure),
    tick: () => tick(deps),
    find: async (id) => {
      const row = await findPermit(db, id)
      return row === undefined ? undefined : present(row)
    },
    findAll: async (ids) => (await findPermits(db, ids)).map(present),
    list: async (filter = {}) => (await listPermits(db, { ...filter, limit: filter.limit ?? 100 })).map(present),
    chosenModes: (repository) => chosenModes(db, repository),
    chooseMode: (choice) => writeMode(db, { ...choice, at: deps.clock.now() }),
  }
}

async function ask(deps: PermitsDeps, tx: Database, request: PermitRequest): Promise<PermitRow> {
  const { bound, plan, family } = request
  await lockJudgement(tx, { family, repository: bound.repository })
  const before = await findByFlow(tx, request.flowId, plan.remedy)
  if (before !== undefined) return before
  const now = deps.clock.now()
  const mass = await lookAtMass(tx, family, request.likeJobs, now)
  let facts = await gatherFacts(tx, request, mass?.sentence ?? null, deps)
  let verdict = judge(facts)
  const isProbe = mass?.probeFree === true && waitsForMassOnly(verdict)
  if (isProbe) {
    facts = { ...facts, mass: null }
    verdict = judge(facts)
  }
  const row = await writeVerdict(deps, tx, request, facts, verdict, now)
  if (isProbe) await sendProbe(tx, family, row.id, now)
  await appendVerdict(tx, row)
  return row
}

function waitsForMassOnly(verdict: Verdict): boolean {
  return verdict.kind === 'asked' && verdict.reasons.every((reason) => reason.code === 'mass-failure')
}

async function writeVerdict(
  deps: PermitsDeps,
  tx: Database,
  request: PermitRequest,
  facts: PermitFacts,
  verdict: Verdict,
  now: Date,
): Promise<PermitRow> {
  const { bound } = request
  const granted = verdict.kind === 'granted'
  const costs = granted && isRerun(facts)
  if (costs) await spend(tx, bound.repository, dayOf(now), costOf(facts))
  return await insertPermit(tx, {
    id: newId(now.getTime()),
    flow_id: request.flowId,
    remedy: facts.remedy,
    mode: facts.mode,
    state: verdict.kind,
    reasons: granted ? [] : verdict.reasons,
    bound,
    repository: bound.repository,
    run_id: bound.runId,
    family: request.family,
    facts,
    minutes: facts.cost.minutes,
    spent_on: costs ? dayOf(now) : null,
    asked_at: now,
    decided_at: verdict.kind === 'asked' ? null : now,
    decided_by: verdict.kind === 'asked' ? null : byPolicy,
    expires_at: verdict.kind === 'asked' ? new Date(now.getTime() + (deps.askedForMs ?? 86_400_000)) : null,
  })
}

const byPolicy = 'policy'

function isRerun(facts: PermitFacts): boolean {
  return !['stop-hang', 'escalate', 'do-nothing'].includes(facts.remedy)
}

function costOf(facts: PermitFacts): { reruns: number; minutes: number } {
  return { reruns: 1, minutes: facts.cost.minutes }
}

async function answer(
  deps: PermitsDeps,
  tx: Database,
  id: string,
  given: PermitAnswer,
  now: BoundState,
): Promise<PermitRow> {
  const row = await lockAsked(tx, id)
  const at = deps.clock.now()
  if (row.expires_at !== null && row.expires_at <= at) return await end(deps, tx, row, 'expired', [waitedTooLong])
  if (!given.yes) {
    const sentence = given.why === undefined ? `${given.by} said no.` : `${given.by} said no: ${given.why}`
    return await end(deps, tx, row, 'refused', [...row.reasons, { code: 'person', sentence }], given.by)
  }
  const changes = stateChanges(row.bound, now)
  if (changes.length > 0) return await end(deps, tx, row, 'void', changes.map(stateChanged), given.by)
  const stop = sayStop(await readStop(deps.dataDir, tx, { lock: true }))
  if (stop.kind !== 'released') throw new Conflict(`permit ${id} cannot be granted: ${stop.sentence}`)
  return await grant(deps, tx, row, given.by)
}

async function lockAsked(tx: Database, id: string): Promise<PermitRow> {
  const row = await lockInOrder(tx, id)
  if (row.state !== 'asked') throw new Conflict(`permit ${id} no longer waits for an answer: it is ${row.state}`)
  return row
}

/** The permit as it stands, locked in the order of every judgement. */
async function lockInOrder(tx: Database, id: string): Promise<PermitRow> {
  const seen = await findPermit(tx, id)
  if (seen === undefined) throw noSuchPermit(id)
  await lockJudgement(tx, seen)
  return (await lockPermit(tx, id)) ?? seen
}

function noSuchPermit(id: string): NotFound {
  return new NotFound(`there is no permit ${id.slice(0, 80)}`)
}

const waitedTooLong: Reason = { code: 'expired', sentence: 'Nobody answered in time.' }

function stateChanged(sentence: string): Reason {
  return { code: 'state-changed', sentence }
}

async function grant(deps: PermitsDeps, tx: Database, row: PermitRow, by: string): Promise<PermitRow> {
  const at = deps.clock.now()
  const costs = isRerun(row.facts)
  if (costs) await spend(tx, row.repository, dayOf(at), costOf(row.facts))
  const granted = await updatePermit(tx, row.id, {
    state: 'granted',
    decided_at: at,
    decided_by: by,
    spent_on: costs ? dayOf(at) : null,
  })
  await appendVerdict(tx, granted)
  await tellFlow(deps, tx, granted)
  return granted
}

/** An end other than use: written down with its reasons, the flow woken, what was set aside given back. */
async function end(
  deps: PermitsDeps,
  tx: Database,
  row: PermitRow,
  state: 'refused' | 'void' | 'expired',
  reasons: readonly Reason[],
  by: string = byPolicy,
): Promise<PermitRow> {
  if (row.spent_on !== null) await spend(tx, row.repository, row.spent_on, { reruns: -1, minutes: -row.minutes })
  const change = { state, reasons, decided_at: deps.clock.now(), decided_by: by, spent_on: null }
  const ended = await updatePermit(tx, row.id, change)
  await hearProbe(tx, ended, null, deps.clock.now())
  await appendVerdict(tx, ended)
  await tellFlow(deps, tx, ended)
  return ended
}

async function tellFlow(deps: PermitsDeps, tx: Database, row: PermitRow): Promise<void> {
  await deps.tell(tx, row.flow_id, permitTopic, { permit: row.id, state: row.state })
}

async function appendVerdict(tx: Database, row: PermitRow): Promise<void> {
  const about = { permit: row.id, flowId: row.flow_id, remedy: row.remedy, runId: row.run_id }
  const { reasons } = row
  const by = row.decided_by ?? byPolicy
  const subject = row.id
  switch (row.state) {
    case 'asked':
      return void (await append(tx, [{ type: 'permit.asked', subject, data: { ...about, reasons } }]))
    case 'granted':
      return void (await append(tx, [{ type: 'permit.granted', subject, data: { ...about, by } }]))
    case 'refused':
    case 'expired':
      return void (await append(tx, [{ type: 'permit.refused', subject, data: { ...about, by, reasons } }]))
    case 'void':
      return void (await append(tx, [{ type: 'permit.voided', subject, data: { ...about, reasons } }]))
    case 'used':
      return void (await append(tx, [{ type: 'permit.used', subject, data: about }]))
    default:
      return row.state satisfies never
  }
}

async function recheck(deps: PermitsDeps, tx: Database, id: string, now: BoundState): Promise<PermitRow> {
  const row = await lockInOrder(tx, id)
  if (row.state !== 'granted') return row
  const stop = sayStop(await readStop(deps.dataDir, tx, { lock: true }))
  const reasons = [...stopSwitch({ stop }), ...stateChanges(row.bound, now).map(stateChanged)]
  return reasons.length === 0 ? row : await end(deps, tx, row, 'void', reasons)
}

async function stopped({ dataDir, store }: PermitsDeps): Promise<string | undefined> {
  const stop = sayStop(await readStop(dataDir, store.db))
  if (stop.kind === 'unknown') throw new Unavailable(stop.sentence)
  return stop.kind === 'engaged' ? stop.sentence : undefined
}

async function giveBack(deps: PermitsDeps, tx: Database, id: string, why: string): Promise<PermitRow> {
  const row = await lockInOrder(tx, id)
  if (row.state !== 'granted') return row
  return await end(deps, tx, row, 'void', [stateChanged(why)])
}

async function use(deps: PermitsDeps, tx: Database, id: string, receipt: unknown): Promise<PermitRow> {
  const row = await lockPermit(tx, id)
  if (row === undefined) throw noSuchPermit(id)
  if (row.state === 'used') return row
  if (row.state !== 'granted') throw new Conflict(`permit ${id} cannot be used: it is ${row.state}`)
  const used = await updatePermit(tx, id, { state: 'used', used_at: deps.clock.now(), receipt: receipt ?? null })
  await appendVerdict(tx, used)
  return used
}

async function settle(deps: PermitsDeps, tx: Database, id: string, proven: boolean | null): Promise<void> {
  const row = await lockInOrder(tx, id)
  if (row.settled_at !== null) return
  const at = deps.clock.now()
  await updatePermit(tx, id, { proven, settled_at: at })
  for (const held of await hearProbe(tx, row, proven, at)) await judgeAgain(deps, tx, held)
}

/** A held permit once its mass failure is over: everything else is looked at anew. */
async function judgeAgain(deps: PermitsDeps, tx: Database, held: PermitRow): Promise<PermitRow> {
  await lockRepository(tx, held.repository)
  const row = await lockPermit(tx, held.id)
  if (row?.state !== 'asked') return held
  const facts = await gatherAgain(tx, row, deps)
  const verdict = judge(facts)
  switch (verdict.kind) {
    case 'granted':
      return await grant(deps, tx, { ...row, facts }, byPolicy)
    case 'refused':
      return await end(deps, tx, row, 'refused', verdict.reasons)
    case 'asked':
      return await updatePermit(tx, row.id, { reasons: verdict.reasons })
    default:
      return verdict satisfies never
  }
}

async function tick(deps: PermitsDeps): Promise<number> {
  const { db } = deps.store
  const now = deps.clock.now()
  let changed = 0
  for (const row of await expiredPermits(db, now)) {
    changed += await transaction(db, async (tx) => {
      await lockJudgement(tx, row)
      const still = await lockPermit(tx, row.id)
      if (still?.state !== 'asked') return 0
      await end(deps, tx, still, 'expired', [...still.reasons, waitedTooLong])
      return 1
    })
  }
  for (const family of await familiesToProbe(db, now)) {
    changed += await transaction(db, (tx) => probe(deps, tx, family, now))
  }
  await forgetFailures(db, new Date(now.getTime() - 86_400_000))
  return changed
}

/** Let the first held permit that nothing else forbids try whether the mass failure is over. */
async function probe(deps: PermitsDeps, tx: Database, family: string, now: Date): Promise<number> {
  let changed = 0
  for (const held of await nextProbes(tx, family, now)) {
    const answered = await judgeAgain(deps, tx, held)
    if (answered.state !== 'asked') changed += 1
    if (answered.state !== 'granted') continue
    await sendProbe(tx, family, answered.id, now)
    break
  }
  return changed
}
