import { Invalid } from '../../base/errors.ts'
import { githubContext } from '../../roles/runner/workflow/github-context.ts'
import { planRun, type RunPlan } from '../../roles/runner/workflow/plan.ts'
import type { Problem, Workflow } from '../../roles/runner/workflow/workflow.ts'
import type { CheckoutFacts } from './checkout-facts.ts'
import type { FoundWorkflow } from './find-workflows.ts'
import type { Settings } from './options.ts'

/** A workflow that is about to run, with what will not be honoured. */
export interface PreparedRun {
  readonly plan: RunPlan
  readonly problems: readonly Problem[]
}

/**
 * Which of the found workflows run. One that stands alone, or was named, runs on any branch: filters choose among
 * several. Throws `Invalid` when the event starts nothing.
 */
export function prepareRuns(found: readonly FoundWorkflow[], facts: CheckoutFacts, settings: Settings): PreparedRun[] {
  const alone = found.length === 1
  const prepared: PreparedRun[] = []
  const refusals: string[] = []
  for (const { workflow, path, problems } of found) {
    if (!workflow) throw new Invalid([`${path} is not a valid workflow:`, ...problems.map(sayProblem)].join('\n'))
    const answer = planRun({
      workflow,
      event: { name: settings.event, ref: alone ? undefined : `refs/heads/${facts.branch}` },
      github: contextOf(workflow, facts, settings),
      inputs: settings.inputs,
      only: settings.job,
      labels: settings.labels,
    })
    if (answer.kind === 'planned') prepared.push({ plan: answer.plan, problems })
    else refusals.push(...(answer.kind === 'invalid' ? answer.sentences : [answer.sentence]))
  }
  if (prepared.length === 0) throw new Invalid([`nothing to run:`, ...refusals.map((line) => `  ${line}`)].join('\n'))
  return prepared
}

function sayProblem({ line, column, sentence }: Problem): string {
  return `  line ${line}, column ${column}: ${sentence}`
}

function contextOf(workflow: Workflow, facts: CheckoutFacts, { event, inputs }: Settings) {
  const ref = `refs/heads/${facts.branch}`
  const [owner = '', name = ''] = facts.repository.split('/')
  const repository = { full_name: facts.repository, name, owner: { login: owner } }
  const payload =
    event === 'push'
      ? {
          ref,
          after: facts.sha,
          repository,
          head_commit: { id: facts.sha, message: facts.title },
          pusher: { name: facts.actor },
        }
      : { ref, inputs, repository, workflow: workflow.path }
  return githubContext({
    event,
    payload,
    repository: facts.repository,
    ref,
    sha: facts.sha,
    actor: facts.actor,
    workflow: workflow.name,
    path: workflow.path,
    runId: '1',
    runNumber: 1,
    attempt: 1,
  })
}
