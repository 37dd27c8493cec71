import { z } from 'zod'
import type { Conclusion } from '../../model/run.ts'

/** The bodies that our runner and our post-receive hook send: only what we read of them. */
const name = z.string().min(1).max(400)
const shortText = z.string().transform((text) => text.slice(0, 500))
const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
const time = z.coerce.date()
const whole = z.number().int().nonnegative()
const externalId = z.string().regex(/^[\w-]{1,100}$/)
const status = z.enum(['queued', 'in_progress', 'completed'])
const conclusion = z.enum([
  'success',
  'failure',
  'timed_out',
  'cancelled',
  'skipped',
  'neutral',
  'action_required',
  'stale',
  'startup_failure',
] satisfies Conclusion[])

export const PushBody = z.object({
  repository: name,
  ref: z.string().startsWith('refs/').max(1_000),
  before: sha,
  after: sha,
  actor: shortText.optional(),
  title: shortText.optional(),
})
export type PushBody = z.infer<typeof PushBody>

export const RunBody = z.object({
  run: z.object({
    externalId,
    repository: name,
    pipeline: shortText,
    path: z.string().max(4_096).optional(),
    number: whole,
    attempt: whole,
    status,
    conclusion: conclusion.optional(),
    event: z.string().max(100),
    branch: z.string().max(1_000).optional(),
    sha,
    actor: shortText.optional(),
    title: shortText.optional(),
    createdAt: time,
    startedAt: time.optional(),
    updatedAt: time,
  }),
})
export type RunBody = z.infer<typeof RunBody>

const step = z.object({
  number: whole,
  name: shortText,
  status,
  conclusion: conclusion.optional(),
  startedAt: time.optional(),
  completedAt: time.optional(),
})

const stall = z.object({
  silentMs: z.number().nonnegative(),
  cpuMs: z.number().nonnegative(),
  lastLine: z.string().transform((text) => text.slice(0, 2_000)),
  processes: z
    .array(
      z.object({
        pid: whole,
        command: shortText,
        state: z.string().max(40),
        waitingOn: shortText.optional(),
      }),
    )
    .transform((processes) => processes.slice(0, 100)),
})

const observed = z.object({
  exitCode: z.number().int().optional(),
  signal: z.string().max(40).optional(),
  peakMemoryBytes: z.number().nonnegative().optional(),
  memoryLimitBytes: z.number().nonnegative().optional(),
  outOfMemory: z.boolean().optional(),
  timeoutMs: z.number().nonnegative().optional(),
  stall: stall.optional(),
})

const job = z.object({
  runExternalId: externalId,
  externalId,
  attempt: whole,
  name: shortText,
  key: shortText.optional(),
  status,
  conclusion: conclusion.optional(),
  startedAt: time.optional(),
  completedAt: time.optional(),
  steps: z.array(step),
  needs: z.array(shortText).optional(),
  observed: observed.optional(),
})

export const JobBody = z.object({ repository: name, job })
export type JobBody = z.infer<typeof JobBody>

export const StallBody = z.object({ repository: name, job, stall })
export type StallBody = z.infer<typeof StallBody>
