import type { ModelKind } from '../../../contract/learning.ts'
import type { Database, Store } from '../../../engine/database/database.ts'
import type { Logger } from '../../../engine/telemetry/logger.ts'
import { causeModel } from '../classify/cause-model.ts'
import type { Models } from '../diagnose.ts'
import { lineModel } from '../locate/line-model.ts'
import { findModel, modelsInUse } from './memory.ts'
import { shippedModel, shippedVersion } from './shipped.ts'
import type { Incumbent } from './train.ts'
import { trainers } from './trainer.ts'

/** The models in use, as each diagnosis asks for them: a choice made on any machine holds from the next one on. */
export interface CurrentModels {
  models(): Promise<Models>
}

const unpack = {
  causes: causeModel,
  lines: lineModel,
} satisfies { readonly [Kind in ModelKind]: (weights: unknown) => Models[Kind] }

export function createCurrentModels({ store, logger }: { store: Store; logger: Logger }): CurrentModels {
  let known: { readonly versions: string; readonly models: Models } = { versions: '', models: {} }

  return {
    async models() {
      const chosen = (await modelsInUse(store.db)).flatMap(({ kind, version }) =>
        version === null ? [] : [{ kind, version }],
      )
      const versions = chosen.map(({ version }) => version).join(' ')
      if (versions === known.versions) return known.models
      const own = await Promise.all(chosen.map(async ({ kind, version }) => await modelOf(kind, version)))
      known = { versions, models: Object.assign({}, ...own) as Models }
      return known.models
    },
  }

  /** A version that this program cannot use, as after an update, must not stop it from diagnosing. */
  async function modelOf(kind: ModelKind, version: string): Promise<Models> {
    const model = await findModel(store.db, version)
    if (model === undefined) return {}
    try {
      return { [kind]: unpack[kind](model.weights) }
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
