import type { Connection } from '../../adapters/connection.ts'
import { inParallel } from '../../base/in-parallel.ts'
import type { AutonomyRow, AutonomyView } from '../../contract/views.ts'
import { policyFile, readPolicy } from '../../model/policy.ts'
import { type RemedyKind, remedyKinds } from '../../model/remedy.ts'
import { connectionOf, type HealDeps } from './index.ts'
import { remedyRecords } from './outcomes-memory.ts'

/** A vendor is asked about so many repositories at a time, and about each at most this often. */
const atATime = 8
const freshMs = 60_000

interface Place {
  readonly connection: string
  readonly repository: string
}

/**
 * What every remedy may do in every repository that is known, where that was said, and its record there. Only for the
 * eye: an act reads the policy anew. A repository that cannot be read is named, and holds up no other.
 */
export function createAutonomy(deps: HealDeps) {
  const policies = new Map<string, { readonly text: string | undefined; readonly readAtMs: number }>()

  async function policyText({ connection, repository }: Place): Promise<string | undefined> {
    const key = JSON.stringify([connection, repository])
    const known = policies.get(key)
    const nowMs = deps.clock.monotonicMs()
    if (known !== undefined && nowMs - known.readAtMs < freshMs) return known.text
    const text = await connectionOf(deps, connection).ci.file(repository, 'HEAD', policyFile)
    policies.set(key, { text, readAtMs: nowMs })
    return text
  }

  async function rowsOf(place: Place, records: Records): Promise<Read> {
    const { repository } = place
    try {
      const text = await policyText(place)
      const { remedies } = readPolicy(text, await deps.permits.chosenModes(repository)).policy
      const rows = remedyKinds.map((remedy) => {
        const { mode, source } = remedies[remedy]
        return { repository, remedy, mode, source, ...recordOf(records, repository, remedy) }
      })
      return { rows, unread: [] }
    } catch (error) {
      return { rows: [], unread: [{ repository, why: error instanceof Error ? error.message : String(error) }] }
    }
  }

  return {
    async view(): Promise<AutonomyView> {
      const records = await remedyRecords(deps.store.db)
      const listed = await inParallel([...deps.connections.values()], atATime, placesOf)
      const read = await inParallel(
        listed.flatMap(({ places }) => places),
        atATime,
        (place) => rowsOf(place, records),
      )
      return {
        rows: read.flatMap(({ rows }) => [...rows]),
        unread: [...listed, ...read].flatMap(({ unread }) => [...unread]),
      }
    },
  }
}

type Unread = readonly { readonly repository: string; readonly why: string }[]
interface Read {
  readonly rows: readonly AutonomyRow[]
  readonly unread: Unread
}

async function placesOf({
  id,
  ci,
}: Connection): Promise<{ readonly places: readonly Place[]; readonly unread: Unread }> {
  try {
    const repositories = await ci.repositories()
    return { places: repositories.map((repository) => ({ connection: id, repository })), unread: [] }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { places: [], unread: [{ repository: `all of ${id}`, why }] }
  }
}

type Records = Awaited<ReturnType<typeof remedyRecords>>

function recordOf(records: Records, repository: string, remedy: RemedyKind) {
  const record = records.find((row) => row.repository === repository && row.remedy === remedy)
  return { tried: record?.tried ?? 0, proven: record?.proven ?? 0, disproven: record?.disproven ?? 0 }
}
