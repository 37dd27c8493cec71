import { join } from 'node:path'
import { readFileAt } from '../../../adapters/native/git.ts'
import { jobsOf, type NativeJob } from '../../../adapters/native/jobs/memory.ts'
import { findRepository, type NativeRepository } from '../../../adapters/native/repositories/memory.ts'
import type { NativeRun } from '../../../adapters/native/runs/memory.ts'
import { Terminal } from '../../../base/errors.ts'
import type { Database } from '../../../engine/database/database.ts'
import { policyFile, readPolicy } from '../../../model/policy.ts'
import type { JobFolders, JobRequest } from '../execute/request.ts'
import { needsOf } from '../workflow/decide.ts'
import { type AdvanceDeps, planAgain } from './advance.ts'
import { cellOf, doneJobs } from './moves.ts'

export interface RequestDeps extends AdvanceDeps {
  readonly name: string
  /** Where workspaces, artifacts and caches lie. */
  readonly dir: string
  readonly defaults: JobDefaults
  readonly toolPath: readonly string[]
  readonly secretsOf: (repository: string) => Promise<Readonly<Record<string, string>>>
}

/** Limits of a job for which nothing else was asked or learned. */
export interface JobDefaults {
  readonly memoryBytes?: number | undefined
  readonly timeoutMs: number
  readonly stallAfterMs: number
}

/** All that is needed to run a job, from what is stored of its run. */
export async function requestFor(db: Database, run: NativeRun, job: NativeJob, deps: RequestDeps): Promise<JobRequest> {
  const plan = await planAgain(db, run, deps)
  const repository = await findRepository(db, run.connection, run.repository)
  const planned = plan.jobs.find(({ key }) => key === job.key)
  const definition = plan.workflow.jobs.find(({ key }) => key === job.key)
  const cell = cellOf(job)
  if (!repository || !planned || !definition || !cell)
    throw new Terminal(`job ${job.id} (${job.name}) of run ${run.id} is not part of the workflow ${run.path}`)
  const { defaults } = deps
  return {
    // A limit that was asked for or learned is there because the author's own did not do.
    job: job.timeoutMs === null ? definition : { ...definition, timeoutMinutes: undefined },
    workflow: plan.workflow,
    cell,
    github: plan.github,
    needs: needsOf(planned, doneJobs(await jobsOf(db, run.id, run.attempt))),
    inputs: plan.inputs,
    vars: plan.vars,
    secrets: await deps.secretsOf(run.repository),
    source: { kind: 'git', url: repository.path, sha: run.sha, ref: run.ref },
    folders: foldersOf(deps.dir, run, job),
    toolPath: deps.toolPath,
    limits: {
      memoryLimitBytes: job.memoryBytes ?? defaults.memoryBytes,
      timeoutMs: job.timeoutMs ?? defaults.timeoutMs,
      stallAfterMs: await stallAfter(repository, defaults),
    },
    clean: job.clean,
    runnerName: deps.name,
  }
}

/** How long silence lasts before it is called a hang is the repository's to say, on its default branch. */
async function stallAfter(repository: NativeRepository, defaults: JobDefaults): Promise<number> {
  const reading = readPolicy(await readFileAt(repository.path, 'HEAD', policyFile))
  return reading.kind === 'read' ? reading.policy.hang.silentMs : defaults.stallAfterMs
}

/** The folder of one job; it goes when the job ended. */
export function jobFolder(dir: string, job: Pick<NativeJob, 'id'>): string {
  return join(dir, 'jobs', String(job.id))
}

function foldersOf(dir: string, run: NativeRun, job: NativeJob): JobFolders {
  const [, name = 'repository'] = run.repository.split('/')
  return {
    // As on GitHub, the workspace's name is the repository's.
    workspace: join(jobFolder(dir, job), 'work', safeName(name)),
    temp: join(jobFolder(dir, job), 'temp'),
    artifacts: join(dir, 'artifacts', String(run.id)),
    cache: join(dir, 'cache', safeName(run.connection), safeName(run.repository)),
  }
}

/** Names come from outside: as a folder's name they must not lead elsewhere. */
function safeName(name: string): string {
  const safe = name.replace(/[^\w.-]/g, '_').slice(0, 100)
  return /^\.+$/.test(safe) || safe === '' ? '_' : safe
}
