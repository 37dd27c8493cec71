import { createHmac } from 'node:crypto'
import type { Ci, Hook } from '../../adapters/ci.ts'
import type { Connection } from '../../adapters/connection.ts'
import { githubHook } from '../../adapters/github/hook.ts'
import { systemClock } from '../../base/clock.ts'
import { Conflict, NotFound } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import type { LabelView } from '../../contract/learning.ts'
import type { NewLabel } from '../../contract/requests.ts'
import type { AutonomyRow, HealingView, IncidentView, StopView, StuckFlow } from '../../contract/views.ts'
import type { Store } from '../../engine/database/database.ts'
import { createTail } from '../../engine/eventlog/tail.ts'
import { silentLogger } from '../../engine/telemetry/logger.ts'
import type { Permit } from '../../model/permit.ts'
import { createGateway, type Gateway, type GatewayDeps } from './index.ts'

export const token = 'the-secret-of-this-installation'
export const secret = 'a-webhook-secret'

/** A GitHub connection that can only receive. */
export function receiving(id: string, secrets: readonly string[] = [secret], hook: Hook = githubHook): Connection {
  return { id, vendor: hook.vendor, secrets, hook, ci: {} as Ci }
}

/** What the gateway shows of other rooms, kept in memory: tests put rows in and read answers out. */
export function memorySources() {
  const healings: HealingView[] = []
  const permits: Permit[] = []
  const incidents: IncidentView[] = []
  const stuck: StuckFlow[] = []
  let stop: StopView = { stopped: false, by: null, why: null, since: null }
  const sources = {
    healings: {
      find: async (id) => healings.find((healing) => healing.id === id),
      list: async ({ outcome, open, before, limit }) => {
        const start = before === undefined ? 0 : healings.findIndex((healing) => healing.id === before) + 1
        return healings
          .slice(start)
          .filter((one) => (outcome === undefined || one.outcome === outcome) && (!open || one.finishedAt === null))
          .slice(0, limit)
      },
      ofRun: async (runId) => healings.filter((healing) => healing.run.id === runId),
      failingLines: async (jobId) => {
        const excerpt = healings.find((healing) => healing.jobId === jobId)?.diagnosis?.excerpts[0]
        return excerpt && { start: excerpt.start, end: excerpt.end }
      },
      label: async (id, label, by) => {
        const healing = healings.find((one) => one.id === id)
        if (healing) healing.label = labelOf(healing, label, by)
        return healing
      },
    },
    families: {
      list: async () => [],
      find: async () => undefined,
      label: async () => undefined,
    },
    models: {
      list: async () => ({ models: [], chosen: [], labels: 0 }),
      use: async (version) => {
        throw new NotFound(`there is no model ${version}`)
      },
    },
    permits: {
      find: async (id) => permits.find((permit) => permit.id === id),
      list: async ({ state }) => permits.filter((permit) => state === undefined || permit.state === state),
      answer: async (id, { by, yes }) => {
        const index = permits.findIndex((permit) => permit.id === id)
        const permit = permits[index]
        if (!permit) throw new NotFound(`there is no permit ${id}`)
        if (permit.state === 'void') return permit
        if (permit.state !== 'asked') throw new Conflict(`permit ${id} is ${permit.state}`)
        const answered: Permit = { ...permit, state: yes ? 'granted' : 'refused', decidedBy: by, decidedAt: new Date() }
        permits[index] = answered
        return answered
      },
    },
    autonomy: {
      view: async () => ({ rows: [...chosen] }),
      choose: async ({ repository, remedy, mode }) => {
        chosen.push({ repository, remedy, mode, source: 'installation', tried: 0, proven: 0, disproven: 0 })
      },
    },
    stop: {
      read: async () => stop,
      engage: async (by, why) => {
        stop = { stopped: true, by, why, since: new Date().toISOString() }
        return stop
      },
      release: async () => {
        stop = { stopped: false, by: null, why: null, since: null }
        return stop
      },
    },
    incidents: {
      list: async ({ state }) => incidents.filter((incident) => state === undefined || incident.state === state),
      resolve: async (id) => {
        const incident = incidents.find((one) => one.id === id)
        if (!incident) throw new NotFound(`there is no incident ${id}`)
        return { ...incident, state: 'resolved', resolvedAt: new Date().toISOString() }
      },
    },
    flows: {
      list: async () => stuck,
      again: async (id) => {
        const index = stuck.findIndex((flow) => flow.id === id)
        if (index < 0) throw new NotFound(`flow ${id} is not stuck`)
        stuck.splice(index, 1)
      },
    },
  } satisfies Partial<GatewayDeps>
  const chosen: AutonomyRow[] = []
  return { rows: { healings, permits, incidents, stuck }, sources }
}

function labelOf(healing: HealingView, { category, note }: NewLabel, by: string): LabelView {
  const { id, run } = healing
  return {
    id: `label of ${id}`,
    family: healing.diagnosis?.fingerprint.family ?? '',
    category,
    was: 'unknown',
    repository: run.repository,
    healing: id,
    note: note ?? null,
    by,
    at: new Date().toISOString(),
  }
}

/** A gateway on a free port of the loopback, on a real database. */
export async function startGateway(
  store: Store,
  change: Partial<GatewayDeps> = {},
): Promise<{ readonly gateway: Gateway; readonly url: string }> {
  const gateway = await createGateway({
    store,
    tail: change.tail ?? createTail(store, { logger: silentLogger() }),
    logger: silentLogger(),
    clock: systemClock,
    connections: () => [receiving('acme')],
    token,
    redact: (text) => text.replaceAll(/hunter2/g, '***'),
    dashboard: '/nonexistent',
    checks: [],
    webhooks: { webhookAnswered: () => undefined, webhookTaken: () => undefined },
    metrics: async () => ({ contentType: 'text/plain', text: 'up 1\n' }),
    ...memorySources().sources,
    ...change,
  })
  return { gateway, url: await gateway.listen({ port: 0 }) }
}

export interface Signed {
  readonly body: string | Buffer
  readonly headers: Record<string, string>
}

/** A delivery as GitHub signs it. */
export function signed(
  event: string,
  payload: unknown,
  { by = secret, delivery = newId() }: { readonly by?: string; readonly delivery?: string } = {},
): Signed {
  const body = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload)
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': delivery,
      'x-hub-signature-256': `sha256=${createHmac('sha256', by).update(body).digest('hex')}`,
    },
  }
}

export async function deliver(url: string, { body, headers }: Signed, path = '/hooks/github/acme'): Promise<Response> {
  return await fetch(`${url}${path}`, { method: 'POST', body, headers })
}

/** A `workflow_job` as GitHub sends it, as small as it may be. */
export function jobPayload(change: Record<string, unknown> = {}) {
  return {
    action: 'in_progress',
    workflow_job: {
      id: 901,
      run_id: 71,
      run_attempt: 1,
      name: 'test',
      status: 'in_progress',
      conclusion: null,
      created_at: '2026-03-01T10:00:00Z',
      started_at: '2026-03-01T10:00:02Z',
      completed_at: null,
      head_sha: '4f2c1de0b7a94f2c1de0b7a94f2c1de0b7a94f2c',
      head_branch: 'main',
      workflow_name: 'CI',
      runner_name: 'linux-7',
      labels: ['ubuntu-latest'],
      steps: [
        {
          number: 1,
          name: 'Run tests',
          status: 'in_progress',
          conclusion: null,
          started_at: '2026-03-01T10:00:03Z',
          completed_at: null,
        },
      ],
      ...change,
    },
    repository: { id: 5, name: 'shop', full_name: 'acme/shop', private: true, default_branch: 'main' },
    sender: { login: 'rosa', id: 6 },
  }
}
