import { plainLine } from '../../base/text.ts'
import type { Pass, PassQuery } from '../../commons/pipelines/passes-memory.ts'
import type { Job, Run } from '../../model/run.ts'

/** Vendors keep logs for some weeks, and a pipeline of long ago says other things. */
const oldestMs = 30 * 24 * 3_600_000
/** No vendor tells with a run which branch is the default one. */
const usualDefaults = ['main', 'master', 'trunk', 'develop', 'dev']
/** Longer logs are not read line by line. */
const mostBytes = 8 * 2 ** 20

/** Where a log of the same job may be that passed before this one failed. */
export function passesWanted(run: Run, job: Job, now: Date): PassQuery {
  const until = job.completedAt ?? now
  return {
    connection: run.connection,
    repository: run.repository,
    pipeline: run.pipeline,
    path: run.path,
    job: job.name,
    branches: [...new Set([...(run.branch === undefined ? [] : [run.branch]), ...usualDefaults])],
    since: new Date(until.getTime() - oldestMs),
    until,
  }
}

/** The latest pass of the same branch, else of the default branch: what differs from it is most likely what broke. */
export function choosePass(passes: readonly Pass[], run: Failed): Pass | undefined {
  const latest = passes
    .filter((pass) => mayJudge(pass, run))
    .toSorted((a, b) => b.completedAt.getTime() - a.completedAt.getTime())
  const same = latest.find((pass) => pass.run.branch !== undefined && pass.run.branch === run.branch)
  const chosen = same ?? latest.find((pass) => !isPullRequest(pass.run))
  return (chosen?.keptBytes ?? 0) > mostBytes ? undefined : chosen
}

type Failed = Pick<Run, 'id' | 'attempt' | 'branch' | 'event'>

/**
 * A pull request may come from anyone, its branch may be called `main`, and what its log says is taken out of the failure:
 * only failures of pull requests are compared with it. What passed in the very attempt that failed is another job.
 */
function mayJudge(pass: Pass, failed: Failed): boolean {
  const sameAttempt = pass.run.id === failed.id && pass.job.attempt === failed.attempt
  return !sameAttempt && (!isPullRequest(pass.run) || isPullRequest(failed))
}

function isPullRequest({ event }: Pick<Run, 'event'>): boolean {
  return event.startsWith('pull_request') || event.startsWith('merge_request')
}

/** How its log is called in a sentence. */
export function sayPass({ run, job }: Pass): string {
  const attempt = job.attempt > 1 ? `, attempt ${job.attempt},` : ''
  const branch = run.branch === undefined ? '' : ` on ${plainLine(run.branch, 100)}`
  return `the log of run ${run.number}${attempt}${branch}, where this job passed,`
}
