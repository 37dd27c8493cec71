import type { Logger } from 'pino'
import type { Run } from '../../model/run.ts'
import type { GithubClient } from './client.ts'
import { toRun } from './convert.ts'
import { isRepository, type Reading } from './reading.ts'
import { RunPage } from './schema.ts'

/**
 * Which runs changed since a moment. GitHub lists runs by creation and cannot filter by change, so three lists together:
 * runs created in the day before, runs that are open now, and runs that were open when we looked last and may have ended
 * without a word.
 */
export interface ChangeDeps {
  readonly connection: string
  readonly client: GithubClient
  readonly reading: Reading
  readonly logger: Pick<Logger, 'warn'>
}

const lookBackMs = 24 * 3_600_000
const pageSize = 100
/** GitHub serves at most 1,000 results of a filtered list. */
const maxPages = 10

export function createRunsSince(deps: ChangeDeps) {
  const openBefore = new Map<string, ReadonlySet<string>>()

  return async (repository: string, since: Date): Promise<readonly Run[]> => {
    if (!isRepository(repository)) return []
    const created = new Date(Math.max(0, since.getTime() - lookBackMs)).toISOString().slice(0, 19)
    const found = new Map<string, Run>()
    const filters = [`created=${encodeURIComponent(`>=${created}Z`)}`, 'status=in_progress', 'status=queued']
    for (const filter of filters) for (const run of await list(deps, repository, filter)) found.set(run.externalId, run)
    for (const externalId of openBefore.get(repository) ?? []) {
      if (found.has(externalId)) continue
      const run = await deps.reading.run({ repository, externalId })
      if (run) found.set(externalId, run)
    }
    const runs = [...found.values()]
    openBefore.set(repository, new Set(runs.filter((run) => run.status !== 'completed').map((run) => run.externalId)))
    // GitHub keeps whole seconds: a change within the second of `since` counts as after it.
    const from = Math.floor(since.getTime() / 1_000) * 1_000
    return runs
      .filter((run) => run.updatedAt.getTime() >= from)
      .sort((a, b) => a.updatedAt.getTime() - b.updatedAt.getTime() || Number(a.externalId) - Number(b.externalId))
  }
}

async function list(
  { client, connection, logger }: ChangeDeps,
  repository: string,
  filter: string,
): Promise<readonly Run[]> {
  const runs: Run[] = []
  for (let page = 1; page <= maxPages; page++) {
    const path = `/repos/${repository}/actions/runs?${filter}&per_page=${pageSize}&page=${page}`
    const found = await client.read(path, RunPage, { background: true })
    for (const run of found?.workflow_runs ?? []) if (run !== null) runs.push(toRun(connection, repository, run))
    if (found === undefined || found.workflow_runs.length === 0 || page * pageSize >= found.total_count) return runs
  }
  logger.warn({ repository, filter, read: runs.length }, 'more runs than GitHub lists: the oldest were not looked at')
  return runs
}
