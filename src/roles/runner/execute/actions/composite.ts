import { Invalid } from '../../../../base/errors.ts'
import { resolve } from '../../workflow/expressions.ts'
import type { StepDefinition } from '../../workflow/workflow.ts'
import type { Frame, JobState, StepResult, StepRun, Verdict } from '../job-state.ts'
import { scopeOf } from '../scope.ts'
import type { ActionDefinition } from './action-file.ts'

/** As deep as GitHub lets composite actions use each other. */
const maxDepth = 10

/** Runs one step of a composite action as part of the step that uses it. */
export type RunNested = (frame: Frame, definition: StepDefinition) => Promise<StepResult>

/** The steps of a composite action, in a frame of their own: own inputs, own `steps`, no secrets. */
export async function runComposite(
  job: JobState,
  step: StepRun,
  composite: {
    readonly folder: string
    readonly action: ActionDefinition
    readonly steps: readonly StepDefinition[]
    readonly inputs: Readonly<Record<string, string>>
    readonly runNested: RunNested
  },
): Promise<Verdict> {
  const depth = step.frame.depth + 1
  if (depth > maxDepth) throw new Invalid(`composite actions use each other more than ${maxDepth} deep`)
  const status = { failed: false }
  const frame: Frame = {
    steps: {},
    inputs: composite.inputs,
    defaults: {},
    env: step.env,
    secrets: {},
    actionPath: composite.folder,
    depth,
    status,
  }
  let stopped = false
  for (const definition of composite.steps) {
    const conclusion = await composite.runNested(frame, definition)
    if (conclusion === 'failure') status.failed = true
    if (conclusion === 'cancelled') stopped = true
    if (stopped && step.signal.aborted) break
  }
  const scope = scopeOf(job, frame, step.env)
  for (const [name, value] of Object.entries(composite.action.outputs))
    step.outputs[name] = String(resolve(value, scope) ?? '')
  if (step.signal.aborted || stopped) return { outcome: 'cancelled' }
  return status.failed ? { outcome: 'failure', because: 'a step of the action failed' } : { outcome: 'success' }
}
