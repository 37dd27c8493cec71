import { z } from 'zod'
import { type Category, categories } from '../model/diagnosis.ts'
import { modes, remedyKinds } from '../model/remedy.ts'

/** What people and programs may send to the API. Bounded, because it is kept. */
const why = z.string().trim().min(1, 'say why, in a few words').max(2_000)
const by = z.string().max(500).optional()

export const AutonomyChange = z.object({
  repository: z.string().min(1).max(500),
  remedy: z.enum(remedyKinds),
  mode: z.enum(modes),
})
export type AutonomyChange = z.infer<typeof AutonomyChange>

/** A decision that is kept with its reason: a refusal, a stop, an incident closed. */
export const WithReason = z.object({ why })
export type WithReason = z.infer<typeof WithReason>

/** A yes, or anything else that needs no reason. */
export const Plain = z.object({}).nullish()

export const ById = z.object({ id: z.string().min(1).max(500) })

const before = z.string().max(500).optional()

export const RunsQuery = z.object({ repository: by, pipeline: by, branch: by, before })
export const RunQuery = z.object({ attempt: z.coerce.number().int().min(1).optional() })
export const LogQuery = z.object({
  from: z.coerce.number().int().min(1).optional(),
  lines: z.coerce.number().int().min(1).max(5_000).default(400),
})
export const HealingsQuery = z.object({
  before,
  outcome: z.enum(['mended', 'not-mended', 'told', 'refused', 'watched']).optional(),
})
export const EventsQuery = z.object({
  /** Position of the last one already seen. */
  before: z.coerce.number().int().min(1).optional(),
  type: by,
  subject: by,
  correlation: by,
})
export const IncidentsQuery = z.object({ state: z.enum(['open', 'resolved']).optional() })

const labels = Object.keys(categories).filter((category) => category !== 'unknown') as [Category, ...Category[]]

/** What a person says a failure is. `spans` are lines of its job's kept log. */
export const NewLabel = z.object({
  category: z.enum(labels),
  note: z.string().trim().max(2_000).optional(),
  spans: z
    .array(z.object({ start: z.int().min(1), end: z.int().min(1) }).refine(({ start, end }) => start <= end))
    .max(20)
    .optional(),
})
export type NewLabel = z.infer<typeof NewLabel>

export const FamiliesQuery = z.object({ before, state: z.enum(['new', 'recurring', 'spreading']).optional() })
