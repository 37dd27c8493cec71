import type { NativeRepository } from '../../../adapters/native/repositories/memory.ts'
import type { NativeRun } from '../../../adapters/native/runs/memory.ts'
import { githubContext } from '../workflow/github-context.ts'
import { parseWorkflow } from '../workflow/parse.ts'
import { type PlanAnswer, planRun } from '../workflow/plan.ts'

export type RunFacts = Pick<
  NativeRun,
  'path' | 'definition' | 'event' | 'ref' | 'beforeSha' | 'sha' | 'actor' | 'title' | 'inputs'
> & { readonly id: number; readonly number: number; readonly attempt: number }

/**
 * The plan of a run, made anew from what was stored of it whenever it is needed: it follows from its definition, so it
 * need not be stored itself. `changedFiles` matter only for the question whether a push is heard at all.
 */
export function planOf(
  run: RunFacts,
  repository: NativeRepository,
  labels: readonly string[],
  changedFiles?: readonly string[],
): PlanAnswer {
  const { workflow, problems } = parseWorkflow(run.definition, run.path, { labels })
  if (workflow === undefined) {
    const errors = problems.filter((problem) => problem.severity === 'error')
    return {
      kind: 'invalid',
      sentences: errors.map(({ line, column, sentence }) => `${run.path}:${line}:${column}: ${sentence}`),
    }
  }
  const github = githubContext({
    event: run.event,
    payload: payloadOf(run, repository),
    repository: repository.name,
    ref: run.ref,
    sha: run.sha,
    actor: run.actor ?? '',
    workflow: workflow.name,
    path: run.path,
    runId: String(run.id),
    runNumber: run.number,
    attempt: run.attempt,
  })
  const event = { name: run.event, ref: run.ref, changedFiles }
  return planRun({ workflow, event, github, inputs: run.inputs, vars: repository.variables, labels })
}

/** What `github.event` holds: the parts of GitHub's payload that we know. */
function payloadOf(run: RunFacts, repository: NativeRepository): Readonly<Record<string, unknown>> {
  const [owner = ''] = repository.name.split('/')
  const about = {
    repository: {
      name: repository.name.slice(owner.length + 1),
      full_name: repository.name,
      default_branch: repository.defaultBranch,
      owner: { login: owner },
    },
    sender: { login: run.actor ?? '' },
    ref: run.ref,
  }
  if (run.event !== 'push') return { ...about, inputs: run.inputs }
  return {
    ...about,
    before: run.beforeSha,
    after: run.sha,
    head_commit: { id: run.sha, message: run.title ?? '', author: { name: run.actor ?? '' } },
    pusher: { name: run.actor ?? '' },
  }
}
