import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { NotFound } from '../../../base/errors.ts'
import { ErrorView } from '../../../contract/views.ts'

/** A server whose requests and answers are what their zod schemas say. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression<RawServerDefault>,
  RawReplyDefaultExpression<RawServerDefault>,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** How many rows a page of a list has. */
export const pageSize = 50

/** The answers of a route: the good one, and the errors that every route may give. */
export function answers<T extends z.ZodType>(good: T) {
  return { 200: good, '4xx': ErrorView, '5xx': ErrorView }
}

/** A page of a list that was asked for one row longer than it is, and where the next one begins. */
export function pageOf<T>(rows: readonly T[], idOf: (row: T) => string): { rows: T[]; next: string | null } {
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  return { rows: page, next: rows.length > pageSize && last !== undefined ? idOf(last) : null }
}

export function found<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new NotFound(`there is no ${what}`)
  return thing
}
