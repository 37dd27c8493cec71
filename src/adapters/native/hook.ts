import type { z } from 'zod'
import { parseBoundedJson } from '../../base/bounded-json.ts'
import type { NewEvent } from '../../model/events.ts'
import { type Job, jobId, runId } from '../../model/run.ts'
import type { Hook, HookAnswer, HookRequest } from '../ci.ts'
import { jobReported, runReported } from '../reported.ts'
import { vendor } from './present.ts'
import { JobBody, PushBody, RunBody, StallBody } from './schema.ts'
import { deliveryHeader, eventHeader, isSigned, signatureHeader } from './signature.ts'

/**
 * What our own build service sends, taken in like any vendor's: signed, parsed once, never trusted further. Which
 * connection it speaks for is said by the address and the secret, not by the body.
 */
export const nativeHook: Hook = { vendor, verify, deliveryId, read }

const bounds = { maxBytes: 10 * 1024 * 1024, maxDepth: 32 }

function verify({ headers, body }: HookRequest, secrets: readonly string[]): boolean {
  return isSigned(body, headers[signatureHeader], secrets)
}

function deliveryId({ headers }: HookRequest): string | undefined {
  const id = headers[deliveryHeader]
  return id !== undefined && /^[\w-]{1,100}$/.test(id) ? id : undefined
}

function read(request: HookRequest): HookAnswer {
  const event = request.headers[eventHeader] ?? ''
  const reader = readers.get(event)
  if (event === '') return rejected(`the header ${eventHeader} is missing`)
  if (reader === undefined) return ignored(`nothing listens to "${event.slice(0, 60)}" events`)
  const json = parseBoundedJson(request.body, bounds)
  return json.kind === 'bad' ? rejected(`${event}: ${json.sentence}`) : reader(json.value, request)
}

const readers: ReadonlyMap<string, (body: unknown, request: HookRequest) => HookAnswer> = new Map([
  ['push.received', reader(PushBody, pushReceived)],
  [
    'run.reported',
    reader(RunBody, ({ run }, request) => {
      const { connection } = request
      return runReported({ ...run, id: runId(connection, run.externalId), connection, vendor }, deliveryId(request))
    }),
  ],
  [
    'job.reported',
    reader(JobBody, ({ repository, job }, request) =>
      jobReported(jobOf(job, request), repository, deliveryId(request)),
    ),
  ],
  [
    'job.stalled',
    reader(StallBody, ({ repository, job, stall }, request) => ({
      type: 'job.stalled',
      subject: runId(request.connection, job.runExternalId),
      data: { job: jobOf(job, request), repository, stall },
      causation: deliveryId(request),
      // A job may fall silent again; each silence has a delivery of its own.
      dedupeKey: `stall/${request.connection}/${job.externalId}/${deliveryId(request) ?? stall.silentMs}`,
    })),
  ],
])

function pushReceived(push: PushBody, request: HookRequest): NewEvent {
  const { connection } = request
  return {
    type: 'push.received',
    subject: push.repository,
    data: { connection, ...push },
    causation: deliveryId(request),
    dedupeKey: `push/${connection}/${push.repository}/${push.ref}/${push.before}/${push.after}`,
  }
}

function jobOf({ runExternalId, ...job }: JobBody['job'], { connection }: HookRequest): Job {
  return { ...job, id: jobId(connection, job.externalId), runId: runId(connection, runExternalId) }
}

function reader<S extends z.ZodType>(schema: S, toEvent: (body: z.infer<S>, request: HookRequest) => NewEvent) {
  return (body: unknown, request: HookRequest): HookAnswer => {
    const parsed = schema.safeParse(body)
    if (parsed.success) return { kind: 'events', events: [toEvent(parsed.data, request)] }
    const issue = parsed.error.issues[0]
    const where = issue?.path.join('.').slice(0, 200) || 'the body'
    return rejected(`${request.headers[eventHeader]}: ${where}: ${issue?.message.slice(0, 200) ?? 'unreadable'}`)
  }
}

function ignored(sentence: string): HookAnswer {
  return { kind: 'ignored', sentence }
}

function rejected(sentence: string): HookAnswer {
  return { kind: 'rejected', sentence }
}
