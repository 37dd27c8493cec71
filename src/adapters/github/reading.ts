import { Forbidden, Terminal } from '../../base/errors.ts'
import type { Job, Run } from '../../model/run.ts'
import type { RunRef } from '../ci.ts'
import type { GithubClient } from './client.ts'
import { toJob, toRun } from './convert.ts'
import { jsonOf } from './json.ts'
import { Branch, Contents, JobPage, MatchingRefs, WorkflowJob, WorkflowRun } from './schema.ts'

/** What GitHub knows of runs, jobs and files. Reads only. */
export interface Reading {
  run(ref: RunRef): Promise<Run | undefined>
  /** One attempt, with the login that started it. */
  attempt(
    ref: RunRef,
    attempt: number,
  ): Promise<{ readonly run: Run; readonly startedBy: string | undefined } | undefined>
  jobs(ref: RunRef, attempt: number): Promise<readonly Job[]>
  job(ref: RunRef, externalId: string): Promise<Job | undefined>
  definition(ref: RunRef): Promise<{ readonly path: string; readonly text: string } | undefined>
  file(repository: string, sha: string, path: string): Promise<string | undefined>
  tip(repository: string, branch: string): Promise<string | undefined>
  /** Branches whose names begin so. */
  branches(repository: string, prefix: string): Promise<readonly { readonly name: string; readonly sha: string }[]>
}

/** 256 cells of a matrix, a hundred times over. */
const maxPages = 256

export function createReading(connection: string, client: GithubClient): Reading {
  const runPath = (ref: RunRef) => `/repos/${ref.repository}/actions/runs/${ref.externalId}`

  async function run(ref: RunRef): Promise<Run | undefined> {
    if (!isRef(ref)) return undefined
    const found = await client.read(runPath(ref), WorkflowRun)
    return found && toRun(connection, ref.repository, found)
  }

  async function jobs(ref: RunRef, attempt: number): Promise<readonly Job[]> {
    if (!isRef(ref)) return []
    const all: Job[] = []
    for (let page = 1; page <= maxPages; page++) {
      const found = await client.read(`${runPath(ref)}/attempts/${attempt}/jobs?per_page=100&page=${page}`, JobPage)
      if (found === undefined) return all
      all.push(...found.jobs.filter((job) => job !== null).map((job) => toJob(connection, job)))
      if (found.jobs.length === 0 || page * 100 >= found.total_count) return all
    }
    throw new Terminal(`run ${ref.externalId} of ${ref.repository} has more than ${maxPages * 100} jobs`)
  }

  async function file(repository: string, sha: string, path: string): Promise<string | undefined> {
    const segments = path.toWellFormed().split('/')
    if (!isRepository(repository) || segments.some((segment) => ['', '.', '..'].includes(segment))) return undefined
    const where = `/repos/${repository}/contents/${segments.map(encodeURIComponent).join('/')}?ref=${encodeURIComponent(sha.toWellFormed())}`
    const answer = await client.get(where)
    if (answer.status === 404 || answer.status === 410 || answer.status === 422) return undefined
    if (answer.status === 403)
      throw new Forbidden(`cannot read ${path} of ${repository}: the token needs "contents: read"`)
    const found = Contents.safeParse(jsonOf(answer.body))
    // A folder, a submodule or a link out of the repository is not a file.
    if (!found.success || found.data.type !== 'file') return undefined
    if (found.data.encoding !== 'base64')
      throw new Terminal(`${path} of ${repository} is larger than the 1 MB that GitHub hands out`)
    return Buffer.from(found.data.content, 'base64').toString('utf8')
  }

  return {
    run,
    jobs,
    file,
    async attempt(ref, attempt) {
      if (!isRef(ref)) return undefined
      const found = await client.read(`${runPath(ref)}/attempts/${attempt}`, WorkflowRun)
      return found && { run: toRun(connection, ref.repository, found), startedBy: found.triggering_actor?.login }
    },
    async job(ref, externalId) {
      if (!isRef({ ...ref, externalId })) return undefined
      const found = await client.read(`/repos/${ref.repository}/actions/jobs/${externalId}`, WorkflowJob)
      return found && toJob(connection, found)
    },
    async definition(ref) {
      const found = await run(ref)
      if (found?.path === undefined) return undefined
      const text = await file(ref.repository, found.sha, found.path)
      return text === undefined ? undefined : { path: found.path, text }
    },
    async tip(repository, branch) {
      if (!isRepository(repository) || branch === '') return undefined
      return (await client.read(`/repos/${repository}/branches/${encodeURIComponent(branch.toWellFormed())}`, Branch))
        ?.commit.sha
    },
    async branches(repository, prefix) {
      if (!isRepository(repository)) return []
      const wanted = prefix.toWellFormed().split('/').map(encodeURIComponent).join('/')
      const found = await client.read(`/repos/${repository}/git/matching-refs/heads/${wanted}`, MatchingRefs)
      return (found ?? []).map(({ ref, object }) => ({ name: ref.slice('refs/heads/'.length), sha: object.sha }))
    },
  }
}

/** Ids and names become part of an address: what is not one of GitHub's own shapes never does. */
export function isRef({ repository, externalId }: RunRef): boolean {
  return isRepository(repository) && /^\d{1,18}$/.test(externalId)
}

export function isRepository(repository: string): boolean {
  return /^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(repository) && !/(^|\/)\.{1,2}(\/|$)/.test(repository)
}
