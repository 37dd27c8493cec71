import { Invalid } from '../../../base/errors.ts'
import { readActionReference } from '../workflow/builtin-actions.ts'
import type { StepDefinition } from '../workflow/workflow.ts'
import type { JobState, StepRun, Verdict } from './job-state.ts'

type ActionStep = Extract<StepDefinition, { readonly uses: string }>

/** A `uses` step: one of our own, or an action of this repository. Throws `Invalid` for what is not available. */
export async function runAction(job: JobState, step: StepRun, definition: ActionStep): Promise<Verdict> {
  const reference = readActionReference(definition.uses)
  throw new Invalid(`'${definition.uses}' ${reference.kind} ${job.status} ${step.id}`)
}
