import { z } from 'zod'
import { storableText } from '../../base/text.ts'

/**
 * What we read of GitHub's answers and webhooks, and nothing else; unknown fields pass unseen. Text is made storable
 * here: PostgreSQL takes neither NUL nor half a surrogate pair. Times stay text: most go into an event, which is text, and
 * to make a date and write it out again costs more than all the rest of a webhook's way through here.
 */
const text = (max: number) => z.string().overwrite((value) => storable(value, max))
const storable = (value: string, max: number) => storableText(value.length <= max ? value : value.slice(0, max))
const time = z.iso.datetime({ offset: true }).max(40)
const maybeTime = time.nullish().catch(undefined)
const id = z.number().int().nonnegative()
const login = z.object({ login: text(200) }).nullish()
const sha = z.string().regex(/^[0-9a-f]{40,64}$/)

export const WorkflowRun = z.object({
  id,
  name: text(500).nullish(),
  path: text(1_000).nullish(),
  run_number: z.number().int().default(0),
  run_attempt: z.number().int().positive().default(1),
  status: z.string().nullish(),
  conclusion: z.string().nullish(),
  event: text(100),
  head_branch: text(500).nullish(),
  head_sha: sha,
  display_title: text(2_000).nullish(),
  head_commit: z.object({ message: text(2_000).nullish() }).nullish(),
  actor: login,
  triggering_actor: login,
  html_url: text(2_000).nullish(),
  created_at: time,
  run_started_at: maybeTime,
  updated_at: time,
})
export type WorkflowRun = z.infer<typeof WorkflowRun>

export interface WorkflowStep {
  readonly number: number
  readonly name: string
  readonly status: string | null | undefined
  readonly conclusion: string | null | undefined
  readonly started_at: string | undefined
  readonly completed_at: string | undefined
}

/** Null when it is no step. By hand: a job has dozens of them, and a schema takes longer for these than for all the rest. */
function readStep(value: unknown): WorkflowStep | null {
  if (typeof value !== 'object' || value === null) return null
  const { number, name, status, conclusion, started_at, completed_at } = value as Record<keyof WorkflowStep, unknown>
  if (!Number.isSafeInteger(number) || typeof name !== 'string' || !isWord(status) || !isWord(conclusion)) return null
  return {
    number: number as number,
    name: storable(name, 1_000),
    status,
    conclusion,
    started_at: isTime(started_at) ? started_at : undefined,
    completed_at: isTime(completed_at) ? completed_at : undefined,
  }
}

const isWord = (value: unknown) => value === undefined || value === null || typeof value === 'string'
const dateAndTime = z.regexes.datetime({ offset: true })
const isTime = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 40 && dateAndTime.test(value)

export const WorkflowJob = z.object({
  id,
  run_id: id,
  run_attempt: z.number().int().positive().default(1),
  name: text(1_000),
  status: z.string().nullish(),
  conclusion: z.string().nullish(),
  started_at: maybeTime,
  completed_at: maybeTime,
  // A step that does not parse is dropped, not the job.
  steps: z
    .custom<readonly unknown[]>(Array.isArray, 'not a list')
    .transform((steps) => steps.map(readStep))
    .nullish(),
})
export type WorkflowJob = z.infer<typeof WorkflowJob>

const repository = z.object({ full_name: text(300) })

export const WorkflowRunHook = z.object({
  action: z.string(),
  workflow_run: WorkflowRun,
  workflow: z.object({ name: text(500).nullish(), path: text(1_000).nullish() }).nullish(),
  repository,
})

export const WorkflowJobHook = z.object({ action: z.string(), workflow_job: WorkflowJob, repository })

export const PushHook = z.object({
  ref: text(1_000),
  before: sha,
  after: sha,
  head_commit: z.object({ message: text(2_000).nullish() }).nullish(),
  pusher: z.object({ name: text(200).nullish() }).nullish(),
  sender: login,
  repository,
})

/** A list whose broken elements are dropped, not the whole answer. */
const listOf = <T extends z.ZodType>(element: T) => z.array(element.nullable().catch(null))
export const RunPage = z.object({ total_count: z.number(), workflow_runs: listOf(WorkflowRun) })
export const JobPage = z.object({ total_count: z.number(), jobs: listOf(WorkflowJob) })
export const Branch = z.object({ commit: z.object({ sha }) })
export const MatchingRefs = z.array(z.object({ ref: z.string().startsWith('refs/heads/'), object: z.object({ sha }) }))
export const Contents = z.object({ type: z.string(), encoding: z.string(), content: z.string() })
export const InstallationToken = z.object({
  token: z.string().regex(/^[\x21-\x7e]+$/),
  expires_at: time.transform((value) => new Date(value)),
})
export type InstallationToken = z.infer<typeof InstallationToken>
export const Problem = z.object({ message: text(500) })
export const AppIdentity = z.object({ slug: z.string() })
export const UserIdentity = z.object({ login: z.string() })
