import { createHmac, timingSafeEqual } from 'node:crypto'
import type { z } from 'zod'
import { parseBoundedJson } from '../../base/bounded-json.ts'
import type { NewEvent } from '../../model/events.ts'
import type { Hook, HookAnswer, HookRequest } from '../ci.ts'
import { jobReported, runReported } from '../reported.ts'
import { firstLine, toldJob, toldRun, vendor } from './convert.ts'
import { PushHook, WorkflowJobHook, WorkflowRunHook } from './schema.ts'

/** GitHub's webhooks: from signed bytes to events. Pure; knows no network and no database. */
export const githubHook: Hook = { vendor, verify, deliveryId, read }

/** GitHub sends at most 25 MB, and nothing of it is nested deeper than a dozen levels. */
const bounds = { maxBytes: 26_214_400, maxDepth: 64 }

function verify({ headers, body }: HookRequest, secrets: readonly string[]): boolean {
  const match = /^sha256=([0-9a-f]{64})$/i.exec(headers['x-hub-signature-256'] ?? '')
  // A missing signature costs the same work as a wrong one, and an empty secret signs nothing.
  const given = Buffer.from(match?.[1] ?? '0'.repeat(64), 'hex')
  let valid = false
  for (const secret of secrets) {
    const equal = timingSafeEqual(createHmac('sha256', secret).update(body).digest(), given)
    valid = (equal && secret !== '' && match !== null) || valid
  }
  return valid
}

/** A GUID that GitHub keeps when it delivers again. */
function deliveryId({ headers }: HookRequest): string | undefined {
  const id = headers['x-github-delivery']
  return id !== undefined && /^[\w-]{1,100}$/.test(id) ? id : undefined
}

function read(request: HookRequest): HookAnswer {
  const name = request.headers['x-github-event'] ?? ''
  const reader = Object.hasOwn(readers, name) ? readers[name] : undefined
  if (name === 'ping') return ignored('GitHub says hello: the webhook is connected')
  if (name === '') return rejected('the header x-github-event is missing: this is not a delivery of GitHub')
  if (reader === undefined) return ignored(`nothing listens to "${name.slice(0, 60)}" events`)
  const json = parseBoundedJson(payloadOf(request), bounds)
  return json.kind === 'bad' ? rejected(`${name}: ${json.sentence}`) : reader(json.value, request)
}

/** Webhooks set to `application/x-www-form-urlencoded` carry the same JSON in a field. */
function payloadOf({ headers, body }: HookRequest): Buffer {
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return body
  if (body.byteLength > bounds.maxBytes * 3) return body
  return Buffer.from(new URLSearchParams(body.toString('latin1')).get('payload') ?? '', 'utf8')
}

const readers: Readonly<Record<string, (payload: unknown, request: HookRequest) => HookAnswer>> = {
  workflow_run: reader(WorkflowRunHook, ({ workflow_run, workflow, repository }, request) =>
    runReported(toldRun(request.connection, repository.full_name, workflow_run, workflow), deliveryId(request)),
  ),
  workflow_job: reader(WorkflowJobHook, ({ workflow_job, repository }, request) =>
    jobReported(toldJob(request.connection, workflow_job), repository.full_name, deliveryId(request)),
  ),
  push: reader(PushHook, (push, request) => ({
    type: 'push.received',
    subject: push.repository.full_name,
    data: {
      connection: request.connection,
      repository: push.repository.full_name,
      ref: push.ref,
      before: push.before,
      after: push.after,
      actor: push.sender?.login ?? push.pusher?.name ?? undefined,
      title: firstLine(push.head_commit?.message),
    },
    causation: deliveryId(request),
    dedupeKey: `push/${request.connection}/${push.repository.full_name}/${push.ref}/${push.before}/${push.after}`,
  })),
}

function reader<S extends z.ZodType>(schema: S, toEvent: (payload: z.infer<S>, request: HookRequest) => NewEvent) {
  return (payload: unknown, request: HookRequest): HookAnswer => {
    const parsed = schema.safeParse(payload)
    if (parsed.success) return { kind: 'events', events: [toEvent(parsed.data, request)] }
    const issue = parsed.error.issues[0]
    const where = issue?.path.join('.').slice(0, 200) || 'the payload'
    return rejected(`${request.headers['x-github-event']}: ${where}: ${issue?.message.slice(0, 200) ?? 'unreadable'}`)
  }
}

function ignored(sentence: string): HookAnswer {
  return { kind: 'ignored', sentence }
}

function rejected(sentence: string): HookAnswer {
  return { kind: 'rejected', sentence }
}
