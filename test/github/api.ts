import { type Actions, isBad } from './actions.ts'
import { archiveOf } from './archives.ts'
import type { Call, Reply, Route } from './http-server.ts'
import type { Identities } from './identities.ts'
import type { Links } from './links.ts'
import { latest, type RunState, type State } from './state.ts'
import { jobView, logText, runView } from './views.ts'

/** GitHub's REST API as far as Mendline uses it, with its refusals. */
export interface ApiDeps {
  readonly state: State
  readonly actions: Actions
  readonly identities: Identities
  readonly links: Links
  readonly budget: { remaining: number; readonly limit: number; resetAt: number }
  /** For this long a rerun is not yet seen by readers. */
  readonly lag: { ms: number }
}

type Handler = (match: readonly string[], call: Call, login: string) => Reply
const runPattern = '/repos/([^/]+/[^/]+)/actions/runs/(\\d+)'

export function createApi(deps: ApiDeps): (call: Call) => Route {
  const { state, actions, identities, links } = deps
  const table: readonly (readonly [name: string, method: string, pattern: string, handler: Handler])[] = [
    ['user', 'GET', '/user', (_match, _call, login) => json(200, { login })],
    [
      'run',
      'GET',
      runPattern,
      ([repo, id]) => withRun(deps, repo, id, (run) => json(200, runView(run, seen(deps, run)))),
    ],
    [
      'attempt',
      'GET',
      `${runPattern}/attempts/(\\d+)`,
      ([repo, id, n]) => withAttempt(deps, repo, id, n, (run, attempt) => json(200, runView(run, attempt))),
    ],
    [
      'jobs',
      'GET',
      `${runPattern}/attempts/(\\d+)/jobs`,
      ([repo, id, n], call) =>
        withAttempt(deps, repo, id, n, (run, attempt) =>
          json(200, {
            total_count: attempt.jobs.length,
            jobs: page(attempt.jobs, call).map((job) => jobView(run, attempt, job)),
          }),
        ),
    ],
    [
      'run-log',
      'GET',
      `${runPattern}/attempts/(\\d+)/logs`,
      ([repo, id, n]) =>
        withAttempt(deps, repo, id, n, (_run, attempt) =>
          redirect(links.sign(() => archiveOf(attempt), 'application/zip')),
        ),
    ],
    [
      'rerun-failed-jobs',
      'POST',
      `${runPattern}/rerun-failed-jobs`,
      ([repo, id], _call, login) => withRun(deps, repo, id, (run) => rerun(actions, run, login)),
    ],
    ['cancel', 'POST', `${runPattern}/cancel`, ([repo, id]) => withRun(deps, repo, id, (run) => cancel(actions, run))],
    [
      'job',
      'GET',
      '/repos/([^/]+/[^/]+)/actions/jobs/(\\d+)',
      ([repo, id]) => {
        const found = state.jobs.get(Number(id))
        if (found === undefined || found.run.repository.name !== repo) return notFound()
        return json(200, jobView(found.run, found.attempt, found.job))
      },
    ],
    [
      'job-log',
      'GET',
      '/repos/([^/]+/[^/]+)/actions/jobs/(\\d+)/logs',
      ([repo, id]) => {
        const found = state.jobs.get(Number(id))
        if (
          found === undefined ||
          found.run.repository.name !== repo ||
          found.job.log === null ||
          found.run.archiveOnly ||
          found.job.status !== 'completed'
        )
          return notFound()
        return redirect(links.sign(async () => Buffer.from(logText(found.job)), 'text/plain'))
      },
    ],
    ['runs', 'GET', '/repos/([^/]+/[^/]+)/actions/runs', ([repo], call) => listRuns(deps, repo ?? '', call)],
    [
      'branch',
      'GET',
      '/repos/([^/]+/[^/]+)/branches/([^/]+)',
      ([repo, branch]) => {
        const sha = state.repositories.get(repo ?? '')?.branches.get(decodeURIComponent(branch ?? ''))
        return sha === undefined ? notFound() : json(200, { name: branch, commit: { sha } })
      },
    ],
    [
      'matching-refs',
      'GET',
      '/repos/([^/]+/[^/]+)/git/matching-refs/heads/(.*)',
      ([repo, prefix]) => {
        const branches = [...(state.repositories.get(repo ?? '')?.branches ?? [])]
        const like = branches.filter(([name]) => name.startsWith(decodeURIComponent(prefix ?? '')))
        return json(
          200,
          like.map(([name, sha]) => ({ ref: `refs/heads/${name}`, object: { type: 'commit', sha } })),
        )
      },
    ],
    [
      'contents',
      'GET',
      '/repos/([^/]+/[^/]+)/contents/(.+)',
      ([repo, path], call) => {
        const found = state.repositories.get(repo ?? '')
        const ref = call.url.searchParams.get('ref') ?? 'HEAD'
        // HEAD is the tip of the default branch: the one that was made first.
        const sha = ref === 'HEAD' ? found?.branches.values().next().value : ref
        const text = found?.commits.get(sha ?? '')?.get(decodeURIComponent(path ?? ''))
        return text === undefined
          ? notFound()
          : json(200, { type: 'file', encoding: 'base64', content: wrapped(text), path })
      },
    ],
  ]
  const routes = table.map(([name, method, pattern, handler]) => ({
    name,
    method,
    regex: new RegExp(`^${pattern}$`),
    handler,
  }))

  return (call) => {
    const app = appRoute(identities, call)
    if (app) return app
    for (const { name, method, regex, handler } of routes) {
      const match = method === call.method ? regex.exec(call.url.pathname) : null
      if (match) return { name, handle: () => guarded(deps, call, (login) => handler(match.slice(1), call, login)) }
    }
    return { name: 'unknown', handle: () => notFound() }
  }
}

/** What an app asks with its own key, not with an installation's token. */
function appRoute(identities: Identities, call: Call): Route | undefined {
  const { app } = identities
  const bad = json(401, { message: 'A JSON web token could not be decoded' })
  if (call.method === 'GET' && call.url.pathname === '/app')
    return {
      name: 'app',
      handle: () => (identities.isApp(call.headers.authorization) ? json(200, { slug: app.slug }) : bad),
    }
  if (call.method === 'POST' && call.url.pathname === `/app/installations/${app.installation}/access_tokens`)
    return {
      name: 'token',
      handle: () => (identities.isApp(call.headers.authorization) ? json(201, identities.issue()) : bad),
    }
  return undefined
}

function guarded({ identities, budget }: ApiDeps, call: Call, handle: (login: string) => Reply): Reply {
  const login = identities.loginOf(call.headers.authorization)
  if (login === undefined) return json(401, { message: 'Bad credentials' })
  if (budget.resetAt <= Date.now()) {
    budget.remaining = budget.limit
    budget.resetAt = Date.now() + 3_600_000
  }
  const exhausted = budget.remaining <= 0
  if (!exhausted) budget.remaining -= 1
  const reply = exhausted ? json(403, { message: 'API rate limit exceeded for installation' }) : handle(login)
  const headers = {
    'x-ratelimit-limit': String(budget.limit),
    'x-ratelimit-remaining': String(budget.remaining),
    'x-ratelimit-reset': String(Math.ceil(budget.resetAt / 1_000)),
    'x-ratelimit-resource': 'core',
  }
  return { ...reply, headers: { ...reply.headers, ...headers } }
}

function rerun(actions: Actions, run: RunState, login: string): Reply {
  const attempt = latest(run)
  if (attempt.status !== 'completed') return json(403, { message: 'This workflow is already running' })
  if (Date.now() - run.createdAt.getTime() > 30 * 86_400_000)
    return json(403, { message: 'Unable to retry this workflow run because it was created over a month ago' })
  if (attempt.number > 50) return json(403, { message: 'This workflow run has reached its limit of 50 re-runs' })
  if (!attempt.jobs.some((job) => isBad(job.conclusion)))
    return json(403, { message: 'This workflow run has no failed jobs' })
  actions.rerunFailed(run, login)
  return json(201, {})
}

function cancel(actions: Actions, run: RunState): Reply {
  if (latest(run).status === 'completed')
    return json(409, { message: 'Cannot cancel a workflow run that is completed.' })
  actions.cancel(run)
  return json(202, {})
}

function listRuns({ state }: ApiDeps, repository: string, call: Call): Reply {
  if (!state.repositories.has(repository)) return notFound()
  const status = call.url.searchParams.get('status')
  const created = /^>=(.+)$/.exec(call.url.searchParams.get('created') ?? '')?.[1]
  const runs = [...state.runs.values()]
    .filter((run) => run.repository.name === repository)
    .filter((run) => status === null || latest(run).status === status)
    .filter((run) => created === undefined || run.createdAt >= new Date(created))
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || b.id - a.id)
    .slice(0, 1_000)
  return json(200, { total_count: runs.length, workflow_runs: page(runs, call).map((run) => runView(run)) })
}

function page<T>(items: readonly T[], { url }: Call): readonly T[] {
  const size = Math.min(100, Number(url.searchParams.get('per_page') ?? 30))
  const number = Number(url.searchParams.get('page') ?? 1)
  return items.slice((number - 1) * size, number * size)
}

function withRun(
  { state }: ApiDeps,
  repository: string | undefined,
  id: string | undefined,
  use: (run: RunState) => Reply,
): Reply {
  const run = state.runs.get(Number(id))
  return run?.repository.name === repository && run !== undefined ? use(run) : notFound()
}

function withAttempt(
  deps: ApiDeps,
  repository: string | undefined,
  id: string | undefined,
  number: string | undefined,
  use: (run: RunState, attempt: RunState['attempts'][number]) => Reply,
): Reply {
  return withRun(deps, repository, id, (run) => {
    const attempt = run.attempts.find((candidate) => candidate.number === Number(number))
    return attempt === undefined ? notFound() : use(run, attempt)
  })
}

/** The attempt that a reader sees: the one before while the newest is younger than the lag. */
function seen({ lag }: ApiDeps, run: RunState): RunState['attempts'][number] {
  const newest = latest(run)
  const before = run.attempts.at(-2)
  return before !== undefined && Date.now() - newest.startedAt.getTime() < lag.ms ? before : newest
}

function wrapped(text: string): string {
  return Buffer.from(text).toString('base64').replaceAll(/.{60}/g, '$&\n')
}

function json(status: number, value: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) }
}

function redirect(location: string): Reply {
  return { status: 302, headers: { location } }
}

function notFound(): Reply {
  return json(404, { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' })
}
