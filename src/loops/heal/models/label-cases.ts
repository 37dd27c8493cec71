import { pipelines } from '../../../commons/pipelines/index.ts'
import type { Database } from '../../../engine/database/database.ts'
import { holdingLabels } from './memory.ts'
import { readKeyed } from './read-keyed.ts'
import type { KeyedCase } from './train.ts'

/** The corrections of people as cases to learn from; those whose log is no longer kept are only counted. */
export async function labelCases(
  db: Database,
): Promise<{ readonly cases: readonly KeyedCase[]; readonly withoutLog: number }> {
  const cases: KeyedCase[] = []
  let withoutLog = 0
  for (const label of await holdingLabels(db)) {
    const kept = label.job_id === null ? undefined : await pipelines.readWholeLog(db, label.job_id)
    if (kept === undefined) {
      withoutLog += 1
      continue
    }
    const { reading, key } = await readKeyed(kept)
    cases.push({
      id: `label ${label.id}`,
      key,
      project: label.repository,
      source: 'corrections made here',
      at: label.at.toISOString(),
      reading,
      category: label.category,
      group: label.family,
      ...(label.spans === null ? {} : { spans: label.spans }),
    })
  }
  return { cases, withoutLog }
}
