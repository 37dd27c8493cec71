import { pipelines } from '../../../commons/pipelines/index.ts'
import { presentJob, presentRun } from '../../../contract/present.ts'
import { ById, RunQuery, RunsQuery } from '../../../contract/requests.ts'
import { RunList, RunView } from '../../../contract/views.ts'
import type { GatewayDeps } from '../index.ts'
import { type Api, answers, found, pageOf, pageSize } from './api.ts'

const seamLength = 20

export function runsRoutes(api: Api, { store: { db }, healings }: GatewayDeps): void {
  api.get(
    '/v1/runs',
    { schema: { summary: 'Runs, newest first', querystring: RunsQuery, response: answers(RunList) } },
    async ({ query }) => {
      const listed = await pipelines.listRuns(db, { ...query, limit: pageSize + 1 })
      const { rows, next } = pageOf(listed, ({ run }) => run.id)
      return { runs: rows.map(({ run, stitch }) => ({ ...presentRun(run), stitch })), next }
    },
  )

  api.get(
    '/v1/runs/:id',
    { schema: { summary: 'Why is it red', params: ById, querystring: RunQuery, response: answers(RunView) } },
    async ({ params, query }) => {
      const run = found(
        await pipelines.findRun(db, params.id, query.attempt),
        `run ${params.id}${ofAttempt(query.attempt)}`,
      )
      const [attempts, jobs, healed, seam] = await Promise.all([
        pipelines.attemptsOf(db, run.id),
        pipelines.jobsOf(db, run.id, run.attempt),
        healings.ofRun(run.id),
        pipelines.seamOf(db, run.repository, run.pipeline, run.branch, seamLength),
      ])
      const logged = await pipelines.jobsWithLog(
        db,
        jobs.map((job) => job.id),
      )
      return {
        run: presentRun(run),
        attempts: attempts.map(({ attempt, conclusion }) => ({ attempt, conclusion: conclusion ?? null })),
        jobs: jobs.map((job) => presentJob(job, logged.has(job.id))),
        healings: [...healed],
        seam: [...seam],
      }
    },
  )
}

function ofAttempt(attempt: number | undefined): string {
  return attempt === undefined ? '' : ` with an attempt ${attempt}`
}
