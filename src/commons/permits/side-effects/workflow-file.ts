import { parse } from 'yaml'
import { z } from 'zod'
import { isNestedTooDeep } from '../../../base/yaml-nesting.ts'

/** What of a GitHub Actions workflow tells whether a job changes the world. Text from outside: nothing in it is trusted. */
export interface WorkflowFile {
  readonly permissions: Permissions | undefined
  readonly env: Texts
  readonly jobs: readonly WorkflowJob[]
}

export interface WorkflowJob {
  readonly key: string
  /** The name that a run shows; expressions in it stand for any text. */
  readonly name: string
  readonly needs: readonly string[]
  readonly condition: string
  readonly environment: boolean
  readonly permissions: Permissions | undefined
  /** A reusable workflow instead of steps. */
  readonly uses: string | undefined
  readonly env: Texts
  /** Databases and the like beside the job. */
  readonly hasServices: boolean
  readonly steps: readonly WorkflowStep[]
}

export interface WorkflowStep {
  readonly title: string
  readonly uses: string | undefined
  readonly run: string | undefined
  readonly shell: string
  readonly condition: string
  readonly with: Texts
  readonly env: Texts
}

/** `write-all`, `read-all`, or a word per scope. */
export type Permissions = string | Texts
type Texts = Readonly<Record<string, string>>

const maxChars = 256 * 1024
/** As many as a vendor allows in a matrix; no real file names more. */
const maxJobs = 256

const text = z
  .unknown()
  .optional()
  .transform((value) => (value === null || value === undefined ? '' : sayValue(value)))
const texts = z
  .record(z.string(), text)
  .nullish()
  .transform((value) => value ?? {})
/** `env: ${{ fromJSON(…) }}` and the like: keep the text, so that secrets in it are still seen. */
const textsOrText = z.union([texts, text.transform((value): Record<string, string> => ({ '': value }))])
const permissions = z.union([z.string(), texts]).optional()
const needs = z.union([z.string().transform((one) => [one]), z.array(z.string())]).nullish()

const defaults = z.looseObject({ run: z.looseObject({ shell: text }).nullish() }).nullish()

const Step = z.looseObject({
  name: text,
  uses: z.string().optional(),
  run: z.string().optional(),
  shell: text,
  if: text,
  with: textsOrText.optional(),
  env: textsOrText.optional(),
})
const Job = z.looseObject({
  name: text,
  needs,
  if: text,
  environment: z.unknown().optional(),
  permissions,
  uses: z.string().optional(),
  env: textsOrText.optional(),
  services: z.unknown().optional(),
  defaults,
  steps: z.array(Step).nullish(),
})
const Workflow = z.looseObject({ permissions, env: textsOrText.optional(), defaults, jobs: z.record(z.string(), Job) })

/** The workflow as `redact` leaves it, or why it cannot be read. */
export function readWorkflow(
  source: string,
  redact: (text: string) => string,
): { readonly workflow: WorkflowFile } | { readonly problem: string } {
  if (source.length > maxChars) return { problem: 'it is larger than 256 KiB' }
  if (isNestedTooDeep(source)) return { problem: 'it is nested too deep' }
  try {
    const said: unknown = parse(source, { merge: true, maxAliasCount: 100, logLevel: 'silent' })
    const { words, areNamesApart } = redacted(said, redact)
    if (!areNamesApart) return { problem: 'two of its names are the same when the secrets in them are masked' }
    const parsed = Workflow.safeParse(words)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      return { problem: `${issue?.path.join('.') || 'the file'} is not as a workflow has it` }
    }
    if (Object.keys(parsed.data.jobs).length > maxJobs) return { problem: `it has more than ${maxJobs} jobs` }
    return { workflow: present(parsed.data) }
  } catch (error) {
    return {
      problem: `it is not YAML (${redact(String((error as Error).message).split('\n', 1)[0] ?? '').slice(0, 120)})`,
    }
  }
}

/**
 * Word for word, and only now: a mask within the text could make other YAML of it. What aliases share stays shared. Of two
 * jobs that are named alike afterwards one would hide what the other does.
 */
function redacted(
  said: unknown,
  redact: (text: string) => string,
): { readonly words: unknown; readonly areNamesApart: boolean } {
  const done = new Map<object, unknown>()
  let areNamesApart = true
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return redact(value)
    if (typeof value !== 'object' || value === null) return value
    if (!done.has(value)) done.set(value, Array.isArray(value) ? value.map(walk) : walkKeys(value))
    return done.get(value)
  }
  const walkKeys = (value: object) => {
    const entries = Object.entries(value).map(([key, one]) => [redact(key), walk(one)] as const)
    if (new Set(entries.map(([key]) => key)).size < entries.length) areNamesApart = false
    return Object.fromEntries(entries)
  }
  const words = walk(said)
  return { words, areNamesApart }
}

function present(file: z.infer<typeof Workflow>): WorkflowFile {
  return {
    permissions: file.permissions,
    env: file.env ?? {},
    jobs: Object.entries(file.jobs).map(([key, job]) => ({
      key,
      name: job.name || key,
      needs: job.needs ?? [],
      condition: job.if,
      environment: job.environment !== undefined && job.environment !== null && job.environment !== '',
      permissions: job.permissions,
      uses: job.uses,
      env: job.env ?? {},
      hasServices: job.services !== undefined && job.services !== null,
      steps: (job.steps ?? []).map((step, index) => ({
        title: (step.name || step.uses || step.run?.split('\n', 1)[0] || `step ${index + 1}`).slice(0, 80),
        uses: step.uses,
        run: step.run,
        shell: step.shell || job.defaults?.run?.shell || file.defaults?.run?.shell || '',
        condition: step.if,
        with: step.with ?? {},
        env: step.env ?? {},
      })),
    })),
  }
}

function sayValue(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
