import { Invalid, NotFound } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { plainLine } from '../../../base/text.ts'
import type { LabelView } from '../../../contract/learning.ts'
import type { NewLabel } from '../../../contract/requests.ts'
import { transaction } from '../../../engine/database/transaction.ts'
import { append } from '../../../engine/eventlog/append.ts'
import type { HealDeps } from '../index.ts'
import { redactText } from '../logs/redact.ts'
import { findHealing } from '../memory.ts'
import { addLabel, type LabelRow } from './memory.ts'
import type { FamilyLabel } from './nearest.ts'

/** A person says what a failure is: from the next one on, like failures are diagnosed so. */
export async function labelHealing(
  { store, clock }: Pick<HealDeps, 'store' | 'clock'>,
  healing: string,
  { category, note, spans }: NewLabel,
  by: string,
): Promise<void> {
  await transaction(store.db, async (tx) => {
    const row = await findHealing(tx, healing)
    if (row === undefined) throw new NotFound(`there is no healing ${healing}`)
    if (row.diagnosis === null || row.family === null)
      throw new Invalid(`healing ${healing} was not diagnosed yet: label it when its cause is shown`)
    const { fingerprint, category: was } = row.diagnosis
    // A person may paste what a log held.
    const kept = note === undefined || note === '' ? null : redactText(note)
    await addLabel(tx, {
      id: newId(),
      family: fingerprint.family,
      family_version: fingerprint.version,
      family_text: row.family_text ?? '',
      repository: row.repository,
      category,
      was,
      healing_id: row.id,
      job_id: row.job_id,
      spans: spans ?? null,
      note: kept,
      by,
      at: clock.now(),
    })
    const sentence =
      category === was
        ? `${by} confirmed that failures like this are ${category}.`
        : `${by} said that failures like this are ${category}, not ${was}.`
    await append(tx, [
      {
        type: 'failure.labelled',
        subject: row.run_id,
        data: {
          family: fingerprint.family,
          healing: row.id,
          category,
          was,
          by,
          sentence: kept === null ? sentence : `${sentence} ${plainLine(kept, 200)}`,
          ...(kept === null ? {} : { note: kept }),
        },
      },
    ])
  })
}

export function presentLabel(row: LabelRow): LabelView {
  return {
    id: row.id,
    family: row.family,
    category: row.category,
    was: row.was,
    repository: row.repository,
    healing: row.healing_id,
    note: row.note,
    by: row.by,
    at: row.at.toISOString(),
  }
}

export function familyLabel(row: LabelRow): FamilyLabel {
  return {
    family: row.family,
    version: row.family_version,
    text: row.family_text,
    category: row.category,
    repository: row.repository,
    by: row.by,
    at: row.at,
    note: row.note ?? undefined,
  }
}
