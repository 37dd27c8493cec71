import type { Clock } from '../../base/clock.ts'
import type { Database } from '../../engine/database/database.ts'
import type { Ci } from '../ci.ts'
import { isRedactedRef, jobWithoutSecrets, type Redact, runWithoutSecrets, unredacted } from '../redact.ts'
import { readFileAt, refsOf, tipOf } from './git.ts'
import { readJobLog } from './job-log.ts'
import { jobsOf, readJob } from './jobs/memory.ts'
import { keepLimit } from './limits/memory.ts'
import { presentJob, presentRun, vendor } from './present.ts'
import { findRepository, listRepositories } from './repositories/memory.ts'
import { rerunFailed } from './rerun.ts'
import { readRun, runsChangedSince } from './runs/memory.ts'
import { stopJobs } from './stop.ts'

export interface NativeCiDeps {
  readonly db: Database
  readonly connection: string
  readonly clock: Clock
  /** Takes secrets out of names. */
  readonly redact: Redact
}

/**
 * Our own build service behind the same interface as every vendor: its tables are its API. They hold a workflow and its
 * names as they are, for else it could not be built; what leaves them is redacted.
 */
export function createNativeCi({ db, connection, clock, redact }: NativeCiDeps): Ci {
  const runOf = async (ref: { readonly repository: string; readonly externalId: string }) => {
    const id = idOf(ref.externalId)
    const run = id === undefined ? undefined : await readRun(db, id)
    return run?.connection === connection && run.repository === ref.repository ? run : undefined
  }
  return {
    vendor,
    connection,
    can: { rerunClean: true, resize: true, stopJob: true },
    async run(ref) {
      const run = await runOf(ref)
      return run && runWithoutSecrets(presentRun(run), redact)
    },
    async jobs(ref, attempt) {
      const run = await runOf(ref)
      if (run === undefined) return []
      return (await jobsOf(db, run.id, attempt)).map((job) => jobWithoutSecrets(presentJob(run, job), redact))
    },
    async jobLog(ref, { externalId }) {
      const run = await runOf(ref)
      const id = idOf(externalId)
      const job = run === undefined || id === undefined ? undefined : await readJob(db, id)
      return readJobLog(db, job?.runId === run?.id ? job : undefined)
    },
    async definition(ref) {
      const run = await runOf(ref)
      return run && { path: redact(run.path), text: run.definition }
    },
    async file(repository, sha, path) {
      const found = await findRepository(db, connection, repository)
      return found && readFileAt(found.path, sha, path)
    },
    async tip(repository, branch) {
      const found = await findRepository(db, connection, repository)
      if (found === undefined || !isRedactedRef(branch)) return found && tipOf(found.path, branch)
      const refs = await refsOf(found.path)
      const own = unredacted(`refs/heads/${branch}`, refs.keys(), redact)
      return own === undefined ? undefined : refs.get(own)
    },
    async rerunFailed(request) {
      return rerunFailed(db, (await runOf(request))?.id, request, { clock, redact })
    },
    async stop(request) {
      return stopJobs(db, (await runOf(request))?.id, request, clock)
    },
    async keepLimit({ repository, path, job, memoryBytes, timeoutMs }) {
      if (path === undefined) return
      await keepLimit(db, { connection, repository, path, jobKey: job }, { memoryBytes, timeoutMs })
    },
    async runsSince(repository, since) {
      const runs = await runsChangedSince(db, connection, repository, since)
      return runs.map((run) => runWithoutSecrets(presentRun(run), redact))
    },
    async repositories() {
      return (await listRepositories(db, connection)).map((repository) => repository.name)
    },
  }
}

function idOf(externalId: string): number | undefined {
  return /^\d{1,15}$/.test(externalId) ? Number(externalId) : undefined
}
