import { Invalid } from '../../../base/errors.ts'
import { type Cell, expandCells } from './cells.ts'
import { evaluateCondition, type Scope, type StatusFunctions } from './expressions.ts'
import type { PlannedJob, RunPlan } from './plan.ts'

/** How a needed job ended, as `needs.<id>` shows it. */
export interface NeedResult {
  readonly result: 'success' | 'failure' | 'cancelled' | 'skipped'
  readonly outputs: Readonly<Record<string, string>>
}

export type JobDecision =
  /** Something it needs is not done. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'skip'; readonly because: string }
  /** It cannot even be expanded: the job failed. */
  | { readonly kind: 'fail'; readonly because: string }
  | { readonly kind: 'run'; readonly cells: readonly Cell[] }

/** What becomes of a job, given the jobs that are done. Pure: the same results give the same decision. */
export function decideJob(
  plan: RunPlan,
  key: string,
  done: Readonly<Record<string, NeedResult>>,
  cancelled = false,
): JobDecision {
  const planned = plan.jobs.find((job) => job.key === key)
  const definition = plan.workflow.jobs.find((job) => job.key === key)
  if (!planned || !definition) return { kind: 'fail', because: `the workflow has no job '${key}'` }
  if (!planned.needs.every((need) => done[need])) return { kind: 'wait' }
  const contexts = { github: plan.github, inputs: plan.inputs, vars: plan.vars, needs: needsOf(planned, done) }
  const scope: Scope = { contexts, status: statusOf(planned, done, cancelled) }
  try {
    if (!evaluateCondition(definition.if, scope)) return { kind: 'skip', because: whySkipped(planned, done, cancelled) }
    if (definition.uses)
      return { kind: 'fail', because: `the reusable workflow '${definition.uses}' is not available on this runner` }
    return { kind: 'run', cells: expandCells(definition, { contexts }, plan.labels) }
  } catch (error) {
    if (error instanceof Invalid) return { kind: 'fail', because: `job '${key}': ${error.message}` }
    throw error
  }
}

/** The `needs` context: only what the job names itself. */
export function needsOf(
  planned: PlannedJob,
  done: Readonly<Record<string, NeedResult>>,
): Readonly<Record<string, NeedResult>> {
  return Object.fromEntries(planned.needs.flatMap((need) => (done[need] ? [[need, done[need]]] : [])))
}

/** failure() and success() look at every ancestor, not only at direct needs. */
function statusOf(
  planned: PlannedJob,
  done: Readonly<Record<string, NeedResult>>,
  cancelled: boolean,
): StatusFunctions {
  const results = (jobs: readonly string[]) =>
    (jobs.length > 0 ? jobs : planned.ancestors).map((job) => done[job]?.result ?? 'skipped')
  return {
    success: (jobs) => !cancelled && results(jobs).every((result) => result === 'success'),
    failure: (jobs) => results(jobs).some((result) => result === 'failure'),
    cancelled: () => cancelled,
  }
}

function whySkipped(planned: PlannedJob, done: Readonly<Record<string, NeedResult>>, cancelled: boolean): string {
  if (cancelled) return 'the run was cancelled'
  const culprit = planned.ancestors.find((job) => done[job]?.result !== 'success')
  return culprit ? `'${culprit}' ended as ${done[culprit]?.result ?? 'unknown'}` : 'its condition is false'
}

/** The result of a job from those of its cells; of the outputs the last that is not empty wins. */
export function combineCells(
  cells: readonly {
    readonly result: NeedResult['result']
    readonly continueOnError: boolean
    readonly outputs: NeedResult['outputs']
  }[],
): NeedResult {
  const outputs: Record<string, string> = {}
  for (const cell of cells)
    for (const [name, value] of Object.entries(cell.outputs))
      if (value !== '' || !(name in outputs)) outputs[name] = value
  const results = cells.map((cell) => (cell.result === 'failure' && cell.continueOnError ? 'success' : cell.result))
  const worst = (['failure', 'cancelled', 'success'] as const).find((result) => results.includes(result))
  return { result: worst ?? 'skipped', outputs }
}
