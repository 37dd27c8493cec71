import type { ModelKind } from '../../../contract/learning.ts'
import type { Database } from '../../../engine/database/database.ts'
import { findModel, modelsInUse } from './memory.ts'
import { shippedModel, shippedVersion } from './shipped.ts'
import type { Incumbent } from './train.ts'
import { trainers } from './trainer.ts'

/** The model in use with all that a new one is compared by; without a database, the one that was shipped. */
export async function incumbentOf(db: Database | undefined, kind: ModelKind): Promise<Incumbent | undefined> {
  const chosen = db && (await chosenModel(db, kind))
  if (chosen !== undefined && isOfOurForm(kind, chosen.weights)) return chosen
  const shipped = shippedModel(kind)
  return shipped && { version: shippedVersion(kind), ...shipped }
}

/** Weights that an earlier Mendline learnt may mean nothing to this one: then its own stand in, here as in diagnosing. */
function isOfOurForm(kind: ModelKind, weights: unknown): boolean {
  try {
    trainers[kind].judge(weights, [])
    return true
  } catch {
    return false
  }
}

async function chosenModel(db: Database, kind: ModelKind): Promise<Incumbent | undefined> {
  const version = (await modelsInUse(db)).find((each) => each.kind === kind)?.version ?? undefined
  const model = version === undefined ? undefined : await findModel(db, version)
  return version === undefined || model === undefined ? undefined : { version, ...model }
}
