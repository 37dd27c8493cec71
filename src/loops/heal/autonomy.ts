import type { AutonomyRow } from '../../contract/views.ts'
import { type RemedyKind, remedyKinds } from '../../model/remedy.ts'
import type { HealDeps } from './index.ts'
import { remedyRecords } from './memory.ts'
import { policyOf } from './sense.ts'

/** What every remedy may do in every repository that is known, where that was said, and its record there. */
export async function autonomyRows(deps: HealDeps): Promise<readonly AutonomyRow[]> {
  const records = await remedyRecords(deps.store.db)
  const rows: AutonomyRow[] = []
  for (const connection of deps.connections.values()) {
    for (const repository of await connection.ci.repositories()) {
      const { remedies } = await policyOf(deps, connection.id, repository)
      for (const remedy of remedyKinds) {
        const { mode, source } = remedies[remedy]
        rows.push({ repository, remedy, mode, source, ...recordOf(repository, remedy) })
      }
    }
  }
  return rows

  function recordOf(repository: string, remedy: RemedyKind) {
    const record = records.find((row) => row.repository === repository && row.remedy === remedy)
    return { tried: record?.tried ?? 0, proven: record?.proven ?? 0, disproven: record?.disproven ?? 0 }
  }
}
