import type { ModelKind } from '../../../contract/learning.ts'
import type { Database, Store } from '../../../engine/database/database.ts'
import type { Logger } from '../../../engine/telemetry/logger.ts'
import { causeModel } from '../classify/cause-model.ts'
import type { Models } from '../diagnose.ts'
import { findModel, modelsInUse } from './memory.ts'
import { shippedModel, shippedVersion } from './shipped.ts'
import type { Incumbent } from './train.ts'
import { trainers } from './trainer.ts'

/** The models in use, as each diagnosis asks for them: a choice made on any machine holds from the next one on. */
export interface CurrentModels {
  models(): Promise<Models>
}

export function createCurrentModels({ store, logger }: { store: Store; logger: Logger }): CurrentModels {
  let known: { readonly version: string | null; readonly models: Models } = { version: null, models: {} }

  return {
    async models() {
      const chosen = (await modelsInUse(store.db)).find(({ kind }) => kind === 'causes')?.version ?? null
      if (chosen === known.version) return known.models
      const model = chosen === null ? undefined : await findModel(store.db, chosen)
      known = { version: chosen, models: model === undefined ? {} : unpacked(model.weights, chosen) }
      return known.models
    },
  }

  /** A version that this program cannot use, as after an update, must not stop it from diagnosing. */
  function unpacked(weights: unknown, version: string | null): Models {
    try {
      return { causes: causeModel(weights) }
    } catch (error) {
      logger.warn({ err: error, version }, 'the model in use is of another form than this Mendline: it uses its own')
      return {}
    }
  }
}

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
