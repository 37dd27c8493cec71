import { createHmac, randomUUID } from 'node:crypto'
import type { Emit } from './actions.ts'
import { latest } from './state.ts'
import { jobView, repositoryView, runView } from './views.ts'

/** Webhooks: signed, numbered, sent once each in order, never repeated by themselves. Or doubled, lost, shuffled on command. */
export interface Deliveries {
  readonly emit: Emit
  deliverTo(target: DeliveryTarget): void
  /** Send what was held, in this order. */
  release(order: 'in-order' | 'reversed'): void
  redeliver(guid: string): void
  list(): readonly Delivery[]
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>
}

export interface DeliveryTarget {
  readonly url: string
  readonly secret: string
  readonly mode?: 'straight' | 'doubled' | 'dropped' | 'held'
}

export interface Delivery {
  readonly guid: string
  readonly event: string
  readonly action: string
  readonly payload: string
  /** Status of each time it was sent; 0 when nobody answered. */
  readonly answers: number[]
}

export function createDeliveries(): Deliveries {
  const all: Delivery[] = []
  let held: Delivery[] = []
  let target: DeliveryTarget | undefined
  let queue = Promise.resolve()

  const send = (delivery: Delivery) => {
    const to = target
    if (to === undefined) return
    queue = queue.then(async () => {
      delivery.answers.push(await post(to, delivery))
    })
  }
  return {
    emit(change) {
      const delivery = deliveryOf(change)
      all.push(delivery)
      switch (target?.mode ?? 'straight') {
        case 'straight':
          return send(delivery)
        case 'doubled':
          send(delivery)
          return send(delivery)
        case 'held':
          held.push(delivery)
          return
        case 'dropped':
          return
      }
    },
    deliverTo: (to) => {
      target = to
    },
    release(order) {
      for (const delivery of order === 'reversed' ? held.toReversed() : held) send(delivery)
      held = []
    },
    redeliver(guid) {
      const delivery = all.find((candidate) => candidate.guid === guid)
      if (delivery === undefined) throw new Error(`no delivery ${guid}`)
      send(delivery)
    },
    list: () => all,
    async settled() {
      for (let last: unknown; last !== queue; ) {
        last = queue
        await queue
      }
    },
  }
}

async function post(target: DeliveryTarget, { guid, event, payload }: Delivery): Promise<number> {
  const signature = createHmac('sha256', target.secret).update(payload).digest('hex')
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      body: payload,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/lookalike',
        'x-github-event': event,
        'x-github-delivery': guid,
        'x-github-hook-id': '1',
        'x-hub-signature-256': `sha256=${signature}`,
      },
      signal: AbortSignal.timeout(10_000),
    })
    await response.arrayBuffer()
    return response.status
  } catch {
    return 0
  }
}

function deliveryOf(change: Parameters<Emit>[0]): Delivery {
  const made = (event: string, action: string, payload: object): Delivery => ({
    guid: randomUUID(),
    event,
    action,
    payload: JSON.stringify({ action, ...payload, sender: { login: 'ada', id: 1 } }),
    answers: [],
  })
  if (change.kind === 'push') {
    const { repository, ref, before, after } = change
    const commit = { id: after, message: 'Count the basket twice', timestamp: new Date().toISOString() }
    return made('push', '', {
      ref,
      before,
      after,
      head_commit: commit,
      pusher: { name: 'ada' },
      repository: repositoryView(repository.name),
    })
  }
  const repository = repositoryView(change.run.repository.name)
  if (change.kind === 'job')
    return made('workflow_job', change.action, {
      workflow_job: jobView(change.run, latest(change.run), change.job),
      repository,
    })
  const { workflow, path } = change.run
  return made('workflow_run', change.action, {
    workflow_run: runView(change.run),
    workflow: { name: workflow, path },
    repository,
  })
}
