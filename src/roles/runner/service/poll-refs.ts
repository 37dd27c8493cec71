import { join } from 'node:path'
import { refsOf } from '../../../adapters/native/git.ts'
import { knownRefs, listRepositories } from '../../../adapters/native/repositories/memory.ts'
import { drainSpool, spoolPush } from '../../../adapters/native/repositories/spool.ts'
import type { HttpClient } from '../../../base/http-client.ts'
import type { Database } from '../../../engine/database/database.ts'
import type { Logger } from '../../../engine/telemetry/logger.ts'

const noCommit = '0'.repeat(40)

export interface PollDeps {
  readonly db: Database
  readonly connection: string
  readonly http: HttpClient
  readonly logger: Logger
}

/**
 * Closes the gaps that a gateway's absence or a failed hook leaves: sends what waits in the spools, and tells of refs
 * that stand elsewhere than where they were last planned. Telling of a push twice makes one run.
 */
export async function pollRefs({ db, connection, http, logger }: PollDeps): Promise<void> {
  for (const repository of await listRepositories(db, connection)) {
    const folder = join(repository.path, 'mendline')
    const failure = await drainSpool(folder, http).catch(String)
    if (failure !== undefined) {
      logger.warn({ repository: repository.name, failure }, 'pushes wait for the gateway')
      continue
    }
    const known = await knownRefs(db, repository)
    let missed = 0
    for (const [ref, after] of await refsOf(repository.path)) {
      if (known.get(ref) === after) continue
      await spoolPush(folder, { repository: repository.name, ref, before: known.get(ref) ?? noCommit, after })
      missed += 1
    }
    if (missed > 0) await drainSpool(folder, http)
  }
}
