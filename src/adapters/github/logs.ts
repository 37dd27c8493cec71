import { Terminal, Unavailable } from '../../base/errors.ts'
import { type HttpStream, sayUrl } from '../../base/http-client.ts'
import { retry } from '../../base/retry.ts'
import type { Job } from '../../model/run.ts'
import type { Ci, LogAnswer, RunRef, SpareLog } from '../ci.ts'
import { type Archive, openArchive } from './archive.ts'
import { filesOfJob } from './archive-names.ts'
import { type ClientDeps, type GithubClient, linkOf, retryDeps } from './client.ts'
import { isRef, type Reading } from './reading.ts'

/** Logs, by job where GitHub has it, out of the run's archive where not. */
export interface LogDeps extends Pick<ClientDeps, 'baseUrl' | 'http' | 'clock' | 'pause' | 'random' | 'limitMs'> {
  readonly client: GithubClient
  readonly reading: Reading
}

const maxLogBytes = 4 * 2 ** 30
const maxArchiveBytes = 128 * 2 ** 20
/** A link is good for about a minute; one that has run out is asked for again. */
const linkBudget = { tries: 3, budgetMs: 10_000, firstPauseMs: 200, maxPauseMs: 1_000 }

export function createJobLog(deps: LogDeps): Ci['jobLog'] {
  return async (ref, job, spare) => {
    if (!isRef(ref) || !isRef({ ...ref, externalId: job.externalId }))
      return absent('gone', 'this is not a run and a job of GitHub')
    const direct = await followLink(deps, `/repos/${ref.repository}/actions/jobs/${job.externalId}/logs`, { spare })
    if (direct.kind === 'stream') return { kind: 'log', bytes: direct.stream.bytes }
    if (direct.status === 403) return forbidden(ref)
    if (spare !== undefined) return past(job, direct.status)
    const current = await deps.reading.job(ref, job.externalId)
    if (current === undefined) return absent('gone', `GitHub knows no job ${job.externalId} in ${ref.repository}`)
    return whyNoLog(current) ?? fromArchive(deps, ref, current)
  }
}

function whyNoLog(job: Job): LogAnswer | undefined {
  if (job.status !== 'completed')
    return absent('not-yet', `job "${job.name}" is ${job.status}; its log comes at the end`)
  if (job.conclusion === 'skipped' || job.steps.length === 0)
    return absent('never-started', `job "${job.name}" ended as ${job.conclusion} before a runner took it`)
  return undefined
}

async function fromArchive(deps: LogDeps, ref: RunRef, job: Job): Promise<LogAnswer> {
  const fetched = await fetchArchive(deps, ref, job)
  if ('kind' in fetched) return fetched
  const files = filesOfJob(fetched.files, await deps.reading.jobs(ref, job.attempt), job)
  if (files.length === 0)
    return absent('gone', `the log archive of run ${ref.externalId} has no file for job "${job.name}"`)
  return { kind: 'log', bytes: fetched.open(files) }
}

/** A damaged archive is fetched a second time: on the way things break, in the store rarely. */
async function fetchArchive(deps: LogDeps, ref: RunRef, job: Job): Promise<Archive | LogAnswer> {
  const path = `/repos/${ref.repository}/actions/runs/${ref.externalId}/attempts/${job.attempt}/logs`
  let damage = ''
  for (let attempt = 1; attempt <= 2; attempt++) {
    const answer = await followLink(deps, path, { maxBytes: maxArchiveBytes })
    if (answer.kind === 'status') return answer.status === 403 ? forbidden(ref) : past(job, answer.status)
    const parts: Uint8Array[] = []
    for await (const part of answer.stream.bytes) parts.push(part)
    const opened = await openArchive(Buffer.concat(parts))
    if (opened.kind === 'archive') return opened.archive
    damage = opened.sentence
  }
  throw new Terminal(`cannot read the log archive of run ${ref.externalId} in ${ref.repository}: ${damage}`)
}

function past(job: Pick<Job, 'name'>, status: number): LogAnswer {
  return absent(
    'gone',
    `GitHub no longer has the log of job "${job.name}" (answer ${status}): it was deleted or is past its retention`,
  )
}

type Followed =
  | { readonly kind: 'stream'; readonly stream: HttpStream }
  | { readonly kind: 'status'; readonly status: number }

/** Ask for the pre-signed link, then open it on its own host, without our credential. */
async function followLink(
  deps: LogDeps,
  path: string,
  { maxBytes = maxLogBytes, spare }: { readonly maxBytes?: number; readonly spare?: SpareLog | undefined } = {},
): Promise<Followed> {
  const budget = spare === undefined ? linkBudget : { ...linkBudget, tries: 1 }
  const open = async (attempt: number): Promise<Followed> => {
    const answer = await deps.client.get(path, spare && { background: true, once: true, signal: spare.signal })
    const link = linkOf(answer, deps.baseUrl)
    if (link === undefined) return { kind: 'status', status: answer.status }
    if (!isSafeLink(link, deps.baseUrl))
      throw new Terminal(`GitHub sent the log of ${path} to ${sayUrl(link)}, which is not a safe web address`)
    const stream = await deps.http.open({
      method: 'GET',
      url: link,
      headers: { 'user-agent': 'mendline' },
      limitMs: deps.limitMs,
      maxBytes,
      ...spare,
    })
    if (stream.status === 200) return { kind: 'stream', stream }
    await stream.discard()
    if (attempt >= budget.tries && [404, 410].includes(stream.status)) return { kind: 'status', status: 410 }
    throw new Unavailable(`the log link at ${sayUrl(link)} answered ${stream.status}`)
  }
  return retry(open, budget, retryDeps(deps))
}

function isSafeLink(link: string, baseUrl: string): boolean {
  return link.startsWith('https://') || (link.startsWith('http://') && baseUrl.startsWith('http://'))
}

function forbidden(ref: RunRef): LogAnswer {
  return absent(
    'forbidden',
    `the token may not read logs of ${ref.repository}: it needs the permission "actions: read"`,
  )
}

function absent(because: Extract<LogAnswer, { kind: 'absent' }>['because'], sentence: string): LogAnswer {
  return { kind: 'absent', because, sentence }
}
