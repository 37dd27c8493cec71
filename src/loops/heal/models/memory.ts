import { type Selectable, sql } from 'kysely'
import { storableText } from '../../../base/text.ts'
import type { ModelKind, ModelRecord } from '../../../contract/learning.ts'
import type { Database } from '../../../engine/database/database.ts'
import { storableJson } from '../../../engine/eventlog/storable-json.ts'
import type { Category } from '../../../model/diagnosis.ts'

/** The tables of what is learned: people's labels, trained models, and which of them is in use. */
type Tables = {
  failure_labels: LabelsTable
  models: ModelsTable
  models_in_use: { kind: ModelKind; version: string | null; chosen_by: string; chosen_at: Date }
}

export interface Span {
  readonly start: number
  readonly end: number
}

type LabelsTable = {
  id: string
  family: string
  family_version: number
  family_text: string
  repository: string
  category: Category
  was: Category
  healing_id: string
  job_id: string | null
  spans: readonly Span[] | null
  note: string | null
  by: string
  at: Date
  replaced_at: Date | null
}

type ModelsTable = {
  version: string
  kind: ModelKind
  weights: unknown
  record: ModelRecord
  held: Held
  trained_by: string
  trained_at: Date
}

/** By the hash of a log: the probability that was given to the truth, and whether the answer was right. */
export type Held = Readonly<Record<string, readonly [p: number, right: boolean]>>

export type LabelRow = Readonly<Selectable<LabelsTable>>
export type ModelRow = Readonly<Omit<Selectable<ModelsTable>, 'weights' | 'held'>>
export interface NewModel extends ModelRow {
  readonly weights: unknown
  readonly held: Held
}

const tables = (db: Database) => db.withTables<Tables>()
/** More labels than this are not looked through for a near one: the newest count. */
const mostHolding = 5_000

/** Writes a label down; the one that the family had so far no longer holds. */
export async function addLabel(db: Database, label: Omit<LabelRow, 'replaced_at'>): Promise<void> {
  await tables(db)
    .updateTable('failure_labels')
    .set({ replaced_at: label.at })
    .where('family', '=', label.family)
    .where('family_version', '=', label.family_version)
    .where('replaced_at', 'is', null)
    .execute()
  await tables(db)
    .insertInto('failure_labels')
    .values({
      ...label,
      family_text: storableText(label.family_text),
      note: label.note === null ? null : storableText(label.note),
      spans: label.spans === null ? null : sql`${storableJson(label.spans)}::jsonb`,
      replaced_at: null,
    })
    .execute()
}

/** The labels that hold, one a family, the newest first. */
export async function holdingLabels(db: Database): Promise<readonly LabelRow[]> {
  return await tables(db)
    .selectFrom('failure_labels')
    .selectAll()
    .where('replaced_at', 'is', null)
    .orderBy('at', 'desc')
    .limit(mostHolding)
    .execute()
}

/** Every label that these families ever got, the newest first. */
export async function labelsOf(db: Database, families: readonly string[]): Promise<readonly LabelRow[]> {
  if (families.length === 0) return []
  return await tables(db)
    .selectFrom('failure_labels')
    .selectAll()
    .where('family', 'in', [...families])
    .orderBy('at', 'desc')
    .execute()
}

/** Labels that hold and were given after the last training. */
export async function countNewLabels(db: Database): Promise<number> {
  const row = await tables(db)
    .selectFrom('failure_labels')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('replaced_at', 'is', null)
    .where((e) => {
      const last = e.selectFrom('models').select((m) => m.fn.max('trained_at').as('at'))
      return e.or([e('at', '>', last), e.not(e.exists(e.selectFrom('models').select('version')))])
    })
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export async function addModel(db: Database, model: NewModel): Promise<void> {
  await tables(db)
    .insertInto('models')
    .values({
      ...model,
      weights: sql`${storableJson(model.weights)}::jsonb`,
      record: sql`${storableJson(model.record)}::jsonb`,
      held: sql`${storableJson(model.held)}::jsonb`,
    })
    .execute()
}

/** Without their weights, which are large; the newest first. */
export async function listModels(db: Database): Promise<readonly ModelRow[]> {
  return await tables(db)
    .selectFrom('models')
    .select(['version', 'kind', 'record', 'trained_by', 'trained_at'])
    .orderBy('trained_at', 'desc')
    .orderBy('version', 'desc')
    .execute()
}

/** What a model needs to diagnose, and to be compared with. */
export async function findModel(
  db: Database,
  version: string,
): Promise<Pick<NewModel, 'weights' | 'held' | 'record'> | undefined> {
  return await tables(db)
    .selectFrom('models')
    .select(['weights', 'held', 'record'])
    .where('version', '=', version)
    .executeTakeFirst()
}

export interface InUse {
  readonly kind: ModelKind
  /** None is the one that was shipped. */
  readonly version: string | null
  readonly chosen_by: string
  readonly chosen_at: Date
}

export async function modelsInUse(db: Database): Promise<readonly InUse[]> {
  return await tables(db).selectFrom('models_in_use').selectAll().orderBy('kind').execute()
}

export async function chooseModel(db: Database, chosen: InUse): Promise<void> {
  const { version, chosen_by, chosen_at } = chosen
  await tables(db)
    .insertInto('models_in_use')
    .values(chosen)
    .onConflict((conflict) => conflict.column('kind').doUpdateSet({ version, chosen_by, chosen_at }))
    .execute()
}
