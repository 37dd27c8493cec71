import { NotFound } from '../../../base/errors.ts'
import { type ModelKind, type ModelList, type ModelView, modelKinds } from '../../../contract/learning.ts'
import { transaction } from '../../../engine/database/transaction.ts'
import { append } from '../../../engine/eventlog/append.ts'
import type { HealDeps } from '../index.ts'
import { addModel, chooseModel, countNewLabels, listModels, type ModelRow, modelsInUse } from './memory.ts'
import { type Shipped, shippedModels, shippedVersion } from './shipped.ts'
import type { Candidate } from './train.ts'

/** Which models there are and which one diagnoses; a person may go back to any of them. */
export function createModels({ store, clock }: Pick<HealDeps, 'store' | 'clock'>) {
  const { db } = store

  async function list(): Promise<ModelList> {
    const [rows, chosen, labels] = await Promise.all([listModels(db), modelsInUse(db), countNewLabels(db)])
    const inUse = new Set(
      modelKinds.map((kind) => chosen.find((each) => each.kind === kind)?.version ?? shippedVersion(kind)),
    )
    return {
      models: [...rows.map(trained), ...shippedModels().map(shipped)].map((model) => ({
        ...model,
        inUse: inUse.has(model.version),
      })),
      chosen: chosen.map(({ kind, version, chosen_by: by, chosen_at }) => ({
        kind,
        version: version ?? shippedVersion(kind),
        by,
        at: chosen_at.toISOString(),
      })),
      labels,
    }
  }

  return {
    list,
    /** Keeps a trained model, not yet in use; answers its version. */
    async keep({ kind, weights, record, held, sentence }: Candidate, by: string): Promise<string> {
      const at = clock.now()
      const version = `${kind}-${at.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')}`
      await transaction(db, async (tx) => {
        await addModel(tx, { version, kind, weights, record, held, trained_by: by, trained_at: at })
        const told = `${by} trained ${version}: ${sentence}.`
        await append(tx, [{ type: 'model.trained', subject: version, data: { version, kind, by, sentence: told } }])
      })
      return version
    },
    /** From the next diagnosis on, on every machine. The same again changes nothing. */
    async use(version: string, by: string): Promise<ModelList> {
      const { models } = await list()
      const wanted = models.find((model) => model.version === version)
      if (wanted === undefined)
        throw new NotFound(`there is no model ${version}; there are ${models.map((each) => each.version).join(', ')}`)
      const before = models.find(({ kind, inUse }) => kind === wanted.kind && inUse)?.version ?? 'none'
      if (before === version) return await list()
      await transaction(db, async (tx) => {
        await chooseModel(tx, {
          kind: wanted.kind,
          version: wanted.shipped ? null : version,
          chosen_by: by,
          chosen_at: clock.now(),
        })
        const sentence = `${by} put ${version} in the place of ${before}: it reads ${reads[wanted.kind]} from now on.`
        await append(tx, [
          { type: 'model.chosen', subject: version, data: { version, kind: wanted.kind, before, by, sentence } },
        ])
      })
      return await list()
    },
  }
}

const reads: Record<ModelKind, string> = { causes: 'the cause of failures', lines: 'the lines that show failures' }

type Unplaced = Omit<ModelView, 'inUse'>

function trained({ version, kind, record, trained_by, trained_at }: ModelRow): Unplaced {
  return { version, kind, shipped: false, trainedBy: trained_by, trainedAt: trained_at.toISOString(), record }
}

function shipped({ kind, record, trainedAt }: Shipped): Unplaced {
  return { version: shippedVersion(kind), kind, shipped: true, trainedBy: 'Mendline', trainedAt, record }
}
