import {
  type Actions,
  createActions,
  type End,
  type RepositorySpec,
  type RunSpec,
  repositoryOf,
  type Script,
} from './actions.ts'
import { createApi } from './api.ts'
import { createDeliveries, type Delivery, type DeliveryTarget } from './deliveries.ts'
import { createFaults, type FaultRule } from './faults.ts'
import { startServer } from './http-server.ts'
import { createIdentities, type Identities } from './identities.ts'
import { createLinks } from './links.ts'
import { newState, type RunState } from './state.ts'

/**
 * A small stateful look-alike of GitHub, played by a real HTTP server: Actions with attempts, reruns and refusals as the
 * vendor has them, logs behind links on another host, signed webhooks, and faults on command. Every call is counted.
 */
export interface GithubLookalike extends Control {
  /** Base address of the API. */
  readonly url: string
  readonly token: string
  readonly app: Identities['app']
  close(): Promise<void>
}

/** Arguments and answers are plain JSON, so that `remote.ts` can ask the same of another process. Ids are GitHub's run ids. */
export interface Control {
  addRepository(spec: RepositorySpec): Promise<{ readonly sha: string }>
  /** A commit on a branch; sends a push webhook. */
  push(spec: RepositorySpec): Promise<{ readonly sha: string }>
  addRun(spec: RunSpec): Promise<{ readonly id: string; readonly sha: string }>
  /** End the attempt that runs now. */
  finish(run: string, end?: End): Promise<void>
  /** How the next rerun in a repository ends by itself. */
  script(script: Script): Promise<void>
  /** A person reruns the failed jobs. */
  rerunBy(run: string, login: string): Promise<void>
  fault(rule: FaultRule): Promise<void>
  clearFaults(): Promise<void>
  /** Calls by route: `rerun-failed-jobs`, `run`, `jobs`, `job-log`, `link`, … */
  counts(): Promise<Readonly<Record<string, number>>>
  /** Attempts of a run beyond the first: reruns that really began. */
  reruns(run: string): Promise<number>
  /** Times that a credential was sent to the host of the logs. */
  leaks(): Promise<number>
  expireLinks(): Promise<void>
  expireTokens(): Promise<void>
  setBudget(budget: { readonly remaining: number; readonly resetInMs: number }): Promise<void>
  /** Readers see a rerun only after this time. */
  setLag(ms: number): Promise<void>
  deliverTo(target: DeliveryTarget): Promise<void>
  release(order: 'in-order' | 'reversed'): Promise<void>
  redeliver(guid: string): Promise<void>
  deliveries(): Promise<readonly Delivery[]>
  settled(): Promise<void>
}

export async function startGithub(options: { readonly port?: number } = {}): Promise<GithubLookalike> {
  const state = newState()
  const faults = createFaults()
  const deliveries = createDeliveries()
  const identities = createIdentities()
  const links = createLinks()
  const actions = createActions(state, deliveries.emit)
  const budget = { remaining: 5_000, limit: 5_000, resetAt: Date.now() + 3_600_000 }
  const lag = { ms: 0 }
  const counts = new Map<string, number>()
  const count = (route: string) => void counts.set(route, (counts.get(route) ?? 0) + 1)

  const store = await startServer({ faults, count, find: () => links.route })
  links.base = store.url
  const find = createApi({ state, actions, identities, links, budget, lag })
  const runOf = (id: string): RunState => {
    const run = state.runs.get(Number(id))
    if (run === undefined) throw new Error(`the look-alike has no run ${id}`)
    return run
  }
  const control = createControl({ actions, runOf })
  const lookalike: Control = {
    ...control,
    script: async (script) => void repositoryOf(state, script.repository).scripts.push(script),
    fault: async (rule) => faults.add(rule),
    clearFaults: async () => faults.clear(),
    counts: async () => Object.fromEntries(counts),
    leaks: async () => links.leaks(),
    expireLinks: async () => links.expire(),
    expireTokens: async () => identities.expire(),
    setBudget: async ({ remaining, resetInMs }) =>
      void Object.assign(budget, { remaining, resetAt: Date.now() + resetInMs }),
    setLag: async (ms) => void Object.assign(lag, { ms }),
    deliverTo: async (target) => deliveries.deliverTo(target),
    release: async (order) => deliveries.release(order),
    redeliver: async (guid) => deliveries.redeliver(guid),
    deliveries: async () => deliveries.list(),
    settled: () => deliveries.settled(),
  }
  const api = await startServer({
    ...options,
    faults,
    count,
    find: (call) => controlRoute(lookalike, call) ?? find(call),
  })
  return {
    ...lookalike,
    url: api.url,
    token: identities.token,
    app: identities.app,
    close: async () => {
      await Promise.all([api.close(), store.close()])
    },
  }
}

function createControl({ actions, runOf }: { readonly actions: Actions; readonly runOf: (id: string) => RunState }) {
  return {
    addRepository: async (spec: RepositorySpec) => actions.addRepository(spec),
    push: async (spec: RepositorySpec) => actions.push(spec),
    addRun: async (spec: RunSpec) => {
      const run = actions.addRun(spec)
      return { id: String(run.id), sha: run.sha }
    },
    finish: async (run: string, end: End = {}) => actions.finish(runOf(run), end),
    rerunBy: async (run: string, login: string) => actions.rerunFailed(runOf(run), login),
    reruns: async (run: string) => runOf(run).attempts.length - 1,
  }
}

/** `POST /_control/<name>` with the arguments as a JSON array. */
function controlRoute(control: Control, { url, body }: Parameters<ReturnType<typeof createApi>>[0]) {
  const name = /^\/_control\/(\w+)$/.exec(url.pathname)?.[1]
  if (name === undefined || !Object.hasOwn(control, name)) return undefined
  return {
    name: '_control',
    handle: async () => {
      const act = control[name as keyof Control] as (...args: unknown[]) => Promise<unknown>
      return { status: 200, body: JSON.stringify({ value: await act(...JSON.parse(body.toString() || '[]')) }) }
    },
  }
}
