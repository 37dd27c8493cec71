import type { Database } from '../../engine/database/database.ts'
import { type LikeFailures, massFailure, massWindowMs, probeLimitMs, probePauseMs } from './mass-failure.ts'
import { countLikeFailures, findMass, type MassRow, openMass, openMasses, updateMass } from './mass-memory.ts'
import { heldPermits, lockFamily, type PermitRow } from './memory.ts'

/** The state of a family that may be failing everywhere at once. The caller holds the family's lock. */
export interface Mass {
  readonly sentence: string
  /** One may try whether it is over. */
  readonly probeFree: boolean
}

/** Look whether a family is, or becomes now, a mass failure. */
export async function lookAtMass(
  tx: Database,
  family: string,
  likeJobs: LikeFailures['likeJobs'],
  now: Date,
): Promise<Mass | undefined> {
  const known = await findMass(tx, family)
  if (known !== undefined && known.closed_at === null)
    return { sentence: known.sentence, probeFree: isFree(known, now) }
  const windowStart = new Date(now.getTime() - massWindowMs)
  // What failed before a proven probe is over and done with.
  const since = known?.closed_at != null && known.closed_at > windowStart ? known.closed_at : windowStart
  const sentence = massFailure({ ...(await countLikeFailures(tx, family, since)), likeJobs })
  if (sentence === undefined) return undefined
  await openMass(tx, { family, sentence, at: now })
  return { sentence, probeFree: true }
}

function isFree(mass: MassRow, now: Date): boolean {
  return mass.probe === null && mass.next_probe_at <= now
}

export async function sendProbe(tx: Database, family: string, permit: string, now: Date): Promise<void> {
  const mass = await findMass(tx, family)
  await updateMass(tx, family, { probe: permit, probe_since: now, probes: (mass?.probes ?? 0) + 1 })
}

/** A probe came back. Proven: the mass failure is over, and what it held is answered. Otherwise the next one waits longer. */
export async function hearProbe(
  tx: Database,
  permit: PermitRow,
  proven: boolean | null,
  now: Date,
): Promise<readonly PermitRow[]> {
  const mass = await findMass(tx, permit.family)
  if (mass?.probe !== permit.id || mass.closed_at !== null) return []
  if (proven !== true) {
    const next = new Date(now.getTime() + probePauseMs(mass.probes))
    await updateMass(tx, permit.family, { probe: null, probe_since: null, next_probe_at: next })
    return []
  }
  await updateMass(tx, permit.family, { probe: null, probe_since: null, closed_at: now })
  return await heldPermits(tx, permit.family)
}

/** Families whose next probe is due, with the lost ones given up. */
export async function familiesToProbe(db: Database, now: Date): Promise<readonly string[]> {
  const masses = await openMasses(db)
  return masses.filter((mass) => isFree(mass, now) || isLost(mass, now)).map((mass) => mass.family)
}

function isLost(mass: MassRow, now: Date): boolean {
  return mass.probe_since !== null && now.getTime() - mass.probe_since.getTime() > probeLimitMs
}

/** Under the family's lock: the held permits that may become the next probe, oldest first; none when it is not due. */
export async function nextProbes(tx: Database, family: string, now: Date): Promise<readonly PermitRow[]> {
  await lockFamily(tx, family)
  const mass = await findMass(tx, family)
  if (mass === undefined || mass.closed_at !== null || !(isFree(mass, now) || isLost(mass, now))) return []
  await updateMass(tx, family, { probe: null, probe_since: null })
  const held = await heldPermits(tx, family)
  const seen = await countLikeFailures(tx, family, new Date(now.getTime() - massWindowMs))
  // Nobody waits and nothing fails any more: it is over without a probe.
  if (held.length === 0 && seen.runs === 0) await updateMass(tx, family, { closed_at: now })
  return held.toSorted((a, b) => a.asked_at.getTime() - b.asked_at.getTime())
}
