import { checkInputs, type Inputs } from './inputs.ts'
import { hears, type RunEvent } from './trigger.ts'
import type { Workflow } from './workflow.ts'

export interface RunRequest {
  readonly workflow: Workflow
  readonly event: RunEvent
  /** The `github` context of the run, see `githubContext`. */
  readonly github: Readonly<Record<string, unknown>>
  /** What a person gave to `workflow_dispatch`. */
  readonly inputs?: Readonly<Record<string, unknown>> | undefined
  readonly vars?: Readonly<Record<string, string>> | undefined
  /** Run only this job and what it needs. */
  readonly only?: string | undefined
  /** Labels of `runs-on`, beyond the usual ones, that this host answers to. */
  readonly labels?: readonly string[] | undefined
}

/** A run before it starts: a graph of jobs. Plain data; matrices are expanded later, when their needs are known. */
export interface RunPlan {
  readonly workflow: Workflow
  readonly github: Readonly<Record<string, unknown>>
  readonly inputs: Inputs
  readonly vars: Readonly<Record<string, string>>
  readonly labels: readonly string[]
  /** Needs come before what needs them; otherwise in the order of the file. */
  readonly jobs: readonly PlannedJob[]
}

export interface PlannedJob {
  readonly key: string
  readonly needs: readonly string[]
  /** All jobs it depends on, however far. */
  readonly ancestors: readonly string[]
}

export type PlanAnswer =
  | { readonly kind: 'planned'; readonly plan: RunPlan }
  | { readonly kind: 'not-heard'; readonly sentence: string }
  | { readonly kind: 'invalid'; readonly sentences: readonly string[] }

/** Will this event start a run of this workflow, and of which jobs? Pure. */
export function planRun(request: RunRequest): PlanAnswer {
  const { workflow, event, github } = request
  const answer = hears(workflow, event)
  if (!answer.heard) return { kind: 'not-heard', sentence: answer.because }
  const definitions = workflow.on.workflow_dispatch?.inputs ?? {}
  const manual = event.name === 'workflow_dispatch'
  const { inputs, problems } = manual ? checkInputs(definitions, request.inputs ?? {}) : { inputs: {}, problems: [] }
  const graph = sortJobs(workflow)
  const sentences = [...problems, ...(graph.kind === 'invalid' ? graph.sentences : [])]
  if (request.only !== undefined && !workflow.jobs.some((job) => job.key === request.only))
    sentences.push(
      `${workflow.path} has no job '${request.only}'; it has ${workflow.jobs.map((job) => job.key).join(', ')}`,
    )
  if (graph.kind === 'invalid' || sentences.length > 0) return { kind: 'invalid', sentences }
  const chosen = graph.jobs.find((job) => job.key === request.only)
  const jobs = chosen ? graph.jobs.filter((job) => job === chosen || chosen.ancestors.includes(job.key)) : graph.jobs
  const { vars = {}, labels = [] } = request
  return { kind: 'planned', plan: { workflow, github, inputs, vars, labels, jobs } }
}

type Graph =
  | { readonly kind: 'sorted'; readonly jobs: readonly PlannedJob[] }
  | { readonly kind: 'invalid'; readonly sentences: readonly string[] }

function sortJobs(workflow: Workflow): Graph {
  const keys = new Set(workflow.jobs.map((job) => job.key))
  const unknown = workflow.jobs.flatMap((job) =>
    job.needs.filter((need) => !keys.has(need)).map((need) => `job '${job.key}' needs '${need}', which does not exist`),
  )
  if (unknown.length > 0) return { kind: 'invalid', sentences: unknown }
  const sorted = new Map<string, PlannedJob>()
  let waiting = [...workflow.jobs]
  while (waiting.length > 0) {
    const ready = waiting.filter((job) => job.needs.every((need) => sorted.has(need)))
    if (ready.length === 0)
      return {
        kind: 'invalid',
        sentences: [`these jobs need each other in a circle: ${waiting.map((job) => job.key).join(', ')}`],
      }
    for (const { key, needs } of ready) {
      const ancestors = new Set(needs.flatMap((need) => [need, ...(sorted.get(need)?.ancestors ?? [])]))
      sorted.set(key, { key, needs, ancestors: [...ancestors] })
    }
    waiting = waiting.filter((job) => !sorted.has(job.key))
  }
  return { kind: 'sorted', jobs: [...sorted.values()] }
}
