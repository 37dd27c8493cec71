import type { ModelKind } from '../../../contract/learning.ts'
import type { Store } from '../../../engine/database/database.ts'
import type { Logger } from '../../../engine/telemetry/logger.ts'
import { causeModel } from '../classify/cause-model.ts'
import type { Models } from '../diagnose.ts'
import { lineModel } from '../locate/line-model.ts'
import { findModel, modelsInUse } from './memory.ts'

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
