import { Readable } from 'node:stream'
import { z } from 'zod'
import { pipelines } from '../../../commons/pipelines/index.ts'
import { ById, LogQuery } from '../../../contract/requests.ts'
import { LogView } from '../../../contract/views.ts'
import type { GatewayDeps } from '../index.ts'
import { type Api, answers, found } from './api.ts'

export function logsRoutes(api: Api, { store: { db }, healings }: GatewayDeps): void {
  api.get(
    '/v1/jobs/:id/log',
    { schema: { summary: 'Lines of a log', params: ById, querystring: LogQuery, response: answers(LogView) } },
    async ({ params: { id }, query }) => {
      const total = found(await pipelines.logLength(db, id), `kept log of job ${id}`)
      const failing = await healings.failingLines(id)
      const from = query.from ?? firstToShow(total, query.lines, failing)
      const page = found(await pipelines.readLogLines(db, id, from, query.lines), `kept log of job ${id}`)
      return { from, lines: [...page.lines], total: page.total, failing: failing ?? null }
    },
  )

  api.get(
    '/v1/jobs/:id/log.txt',
    {
      schema: {
        summary: 'The whole log',
        params: ById,
        response: { ...answers(z.never()), 200: { content: { 'text/plain': { schema: z.string() } } } },
      },
    },
    async ({ params: { id } }, reply) => {
      const text = found(await pipelines.readWholeLog(db, id), `kept log of job ${id}`)
      return reply.type('text/plain; charset=utf-8').send(Readable.from(text, { objectMode: false }) as never)
    },
  )
}

/** The failing lines in the middle; without any, the end: that is where a log tells how it went. */
function firstToShow(total: number, lines: number, failing: { start: number; end: number } | undefined): number {
  if (!failing) return Math.max(1, total - lines + 1)
  const around = Math.max(0, lines - (failing.end - failing.start + 1))
  return Math.max(1, failing.start - Math.floor(around / 2))
}
