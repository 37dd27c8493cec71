import { isFailure, type Job, type Run } from '../../model/run.ts'
import type { EffectAnswer, RerunRequest } from '../ci.ts'

/** When GitHub will not, or we may not: decided from facts, said in sentences. Pure. */
export type Refusal = Extract<EffectAnswer, { kind: 'refused' }>

const maxReruns = 50
const maxAgeMs = 30 * 24 * 3_600_000

/** May this rerun be sent, given the run as GitHub describes it right now? */
export function refusalOf(request: RerunRequest, run: Run, jobs: readonly Job[], now: Date): Refusal | undefined {
  const name = `run ${run.externalId} of ${run.repository}`
  if (run.sha !== request.sha) return refused('state-changed', `${name} is at commit ${run.sha}, not at ${request.sha}`)
  if (run.attempt !== request.attempt)
    return refused('state-changed', `${name} is at attempt ${run.attempt}, not at ${request.attempt}`)
  if (run.status !== 'completed')
    return refused('running', `${name} is ${run.status}: GitHub reruns only what has ended`)
  const failed = jobs.filter((job) => isFailure(job.conclusion)).map((job) => job.name)
  if (!sameNames(failed, request.jobs))
    return refused(
      'state-changed',
      `the failed jobs of ${name} are now ${sayNames(failed)}, not ${sayNames(request.jobs)}`,
    )
  if (now.getTime() - run.createdAt.getTime() > maxAgeMs)
    return refused('too-old', `${name} is older than 30 days: GitHub no longer reruns it`)
  if (run.attempt > maxReruns) return refused('too-many', `${name} was rerun ${maxReruns} times, GitHub's limit`)
  return undefined
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  const left = a.toSorted()
  const right = b.toSorted()
  return left.length === right.length && left.every((name, index) => name === right[index])
}

function sayNames(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.slice(0, 10).join(', ').slice(0, 300)
}

export function gone(request: { readonly externalId: string; readonly repository: string }): Refusal {
  return refused(
    'gone',
    `GitHub knows no run ${request.externalId} in ${request.repository}, or does not show it to us`,
  )
}

/** A read may follow a renamed repository; an effect goes only where the configuration says. */
export function moved(request: { readonly repository: string }): Refusal {
  return refused('gone', `${request.repository} has another name now: write the new one into the configuration`)
}

export function refused(because: Refusal['because'], sentence: string): Refusal {
  return { kind: 'refused', because, sentence }
}
