import { z } from 'zod'
import { phases } from '../model/diagnosis.ts'
import { permitStates, reasonCodes } from '../model/permit.ts'
import { modes, remedyKinds } from '../model/remedy.ts'
import { LabelView } from './learning.ts'

/**
 * The words of the API: what leaves the house, written out on purpose. Times are ISO strings in UTC. Every text that
 * came from outside is plain text: redacted, without terminal codes, never HTML.
 */
const time = z.iso.datetime()

/** One stitch of the seam, oldest first: pass, failure, failure that was mended, unknown or running, held. */
export const Stitch = z.enum(['pass', 'fail', 'mended', 'unknown', 'held'])
export type Stitch = z.infer<typeof Stitch>

export const RunSummary = z.object({
  id: z.string(),
  vendor: z.string(),
  repository: z.string(),
  pipeline: z.string(),
  number: z.number(),
  attempt: z.number(),
  status: z.enum(['queued', 'in_progress', 'completed']),
  conclusion: z.string().nullable(),
  branch: z.string().nullable(),
  sha: z.string(),
  actor: z.string().nullable(),
  title: z.string().nullable(),
  url: z.string().nullable(),
  createdAt: time,
  startedAt: time.nullable(),
  updatedAt: time,
})
export type RunSummary = z.infer<typeof RunSummary>

const ReasonView = z.object({ code: z.enum(reasonCodes), sentence: z.string() })
export const PermitView = z.object({
  id: z.string(),
  remedy: z.enum(remedyKinds),
  mode: z.enum(modes),
  state: z.enum(permitStates),
  reasons: z.array(ReasonView),
  bound: z.object({
    repository: z.string(),
    runId: z.string(),
    attempt: z.number(),
    sha: z.string(),
    pipeline: z.string(),
    jobs: z.array(z.string()),
  }),
  askedAt: time,
  decidedAt: time.nullable(),
  decidedBy: z.string().nullable(),
  expiresAt: time.nullable(),
})
export type PermitView = z.infer<typeof PermitView>

const ExcerptView = z.object({
  start: z.number(),
  end: z.number(),
  score: z.number(),
  why: z.string(),
  text: z.array(z.string()),
})
export const DiagnosisView = z.object({
  category: z.string(),
  confidence: z.number(),
  abstained: z.boolean(),
  categories: z.array(z.object({ category: z.string(), p: z.number() })),
  phase: z.enum(phases),
  outcome: z.string(),
  owner: z.string(),
  transience: z.object({
    verdict: z.enum(['deterministic', 'intermittent', 'unknown']),
    p: z.number(),
    why: z.string(),
  }),
  fingerprint: z.object({ exact: z.string(), family: z.string(), version: z.number() }),
  location: z.object({ file: z.string(), line: z.number(), column: z.number().nullish() }).nullish(),
  tool: z.string().nullish(),
  exitCode: z.number().nullish(),
  tests: z
    .object({
      run: z.number().nullish(),
      failed: z.number().nullish(),
      skipped: z.number().nullish(),
      failing: z.array(z.string()),
    })
    .nullish(),
  /** The run whose log of the same job, which passed there, was read beside this one. */
  comparedWith: z.object({ run: z.string(), number: z.number() }).nullish(),
  sentence: z.string(),
  evidence: z.array(z.string()),
  excerpts: z.array(ExcerptView),
})
export type DiagnosisView = z.infer<typeof DiagnosisView>

/** One case of the heal loop: the ledger's row. `moments` are what happened, oldest first. */
export const HealingView = z.object({
  id: z.string(),
  run: RunSummary,
  job: z.string().nullable(),
  jobId: z.string().nullable(),
  state: z.enum(['sensing', 'deciding', 'asking', 'waiting', 'acting', 'proving', 'finished']),
  outcome: z.enum(['mended', 'not-mended', 'told', 'refused', 'watched']).nullable(),
  sentence: z.string(),
  startedAt: time,
  finishedAt: time.nullable(),
  diagnosis: DiagnosisView.nullable(),
  /** The plan as decided, with its inputs: enough to decide again. */
  plan: z
    .object({ remedy: z.enum(remedyKinds), why: z.string() })
    .loose()
    .nullable(),
  inputs: z.unknown().nullable(),
  permit: PermitView.nullable(),
  effect: z.unknown().nullable(),
  proof: z.object({ held: z.boolean().nullable(), sentence: z.string() }).loose().nullable(),
  /** How often this family was seen before, and since when. */
  seen: z.object({ times: z.number(), since: time.nullable() }),
  /** What a person called failures of this family, if one did. */
  label: LabelView.nullish(),
  moments: z.array(z.object({ at: time, what: z.string(), sentence: z.string() })),
})
export type HealingView = z.infer<typeof HealingView>

const StepView = z.object({
  number: z.number(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  startedAt: time.nullable(),
  completedAt: time.nullable(),
})
export const JobView = z.object({
  id: z.string(),
  /** What `needs` calls it, if the vendor tells; the cells of a matrix share it. */
  key: z.string().nullish(),
  name: z.string(),
  attempt: z.number(),
  status: z.enum(['queued', 'in_progress', 'completed']),
  conclusion: z.string().nullable(),
  startedAt: time.nullable(),
  completedAt: time.nullable(),
  needs: z.array(z.string()),
  steps: z.array(StepView),
  hasLog: z.boolean(),
})
export type JobView = z.infer<typeof JobView>

/** The Run screen: why is it red. Jobs of the attempt asked for (the latest by default). */
export const RunView = z.object({
  run: RunSummary,
  attempts: z.array(z.object({ attempt: z.number(), conclusion: z.string().nullable() })),
  jobs: z.array(JobView),
  /** Newest first. */
  healings: z.array(HealingView),
  seam: z.array(Stitch),
})
export type RunView = z.infer<typeof RunView>

export const RunList = z.object({ runs: z.array(RunSummary.extend({ stitch: Stitch })), next: z.string().nullable() })
export type RunList = z.infer<typeof RunList>

export const LogView = z.object({
  /** First line is 1. */
  from: z.number(),
  lines: z.array(z.string()),
  total: z.number(),
  /** Lines to show first: the diagnosis' best excerpt. */
  failing: z.object({ start: z.number(), end: z.number() }).nullable(),
})
export type LogView = z.infer<typeof LogView>

export const IncidentView = z.object({
  id: z.string(),
  title: z.string(),
  severity: z.enum(['low', 'high']),
  state: z.enum(['open', 'resolved']),
  openedAt: time,
  resolvedAt: time.nullable(),
  runId: z.string().nullable(),
  healing: z.string().nullable(),
  /** Evidence in words, most telling first. */
  evidence: z.array(z.string()),
})
export type IncidentView = z.infer<typeof IncidentView>

export const IncidentList = z.object({ incidents: z.array(IncidentView) })
export type IncidentList = z.infer<typeof IncidentList>

export const PermitList = z.object({ permits: z.array(PermitView) })
export type PermitList = z.infer<typeof PermitList>

/** Something that waits for a person. */
export const NeedView = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('approval'),
    since: time,
    sentence: z.string(),
    permit: PermitView,
    healing: HealingView.nullable(),
  }),
  z.object({ kind: z.literal('incident'), since: time, sentence: z.string(), incident: IncidentView }),
  z.object({ kind: z.literal('failure'), since: time, sentence: z.string(), healing: HealingView }),
])
export type NeedView = z.infer<typeof NeedView>

export const PipelineLine = z.object({
  repository: z.string(),
  pipeline: z.string(),
  branch: z.string().nullable(),
  seam: z.array(Stitch),
  latest: RunSummary,
})
export type PipelineLine = z.infer<typeof PipelineLine>

/** The Now screen. */
export const NowView = z.object({
  /** "2 failures need you; 1 is being mended; 14 pipelines healthy". */
  sentence: z.string(),
  stopped: z.boolean(),
  needsYou: z.array(NeedView),
  mending: z.array(HealingView),
  pipelines: z.array(PipelineLine),
})
export type NowView = z.infer<typeof NowView>

export const HealingList = z.object({ healings: z.array(HealingView), next: z.string().nullable() })
export type HealingList = z.infer<typeof HealingList>

/** What a remedy may do in a repository, and its record there. */
export const AutonomyRow = z.object({
  repository: z.string(),
  remedy: z.enum(remedyKinds),
  mode: z.enum(modes),
  /** Where the mode comes from: ".mendline.yml", "installation", or "default". */
  source: z.string(),
  tried: z.number(),
  proven: z.number(),
  disproven: z.number(),
})
export type AutonomyRow = z.infer<typeof AutonomyRow>
export const AutonomyView = z.object({
  rows: z.array(AutonomyRow),
  /** Repositories of which nothing is known now, and why. */
  unread: z.array(z.object({ repository: z.string(), why: z.string() })).optional(),
})
export type AutonomyView = z.infer<typeof AutonomyView>

const EventView = z.object({
  id: z.string(),
  position: z.number(),
  type: z.string(),
  subject: z.string(),
  time: time,
  correlation: z.string(),
  causation: z.string().nullable(),
  data: z.unknown(),
})
export const EventList = z.object({ events: z.array(EventView), next: z.string().nullable() })
export type EventList = z.infer<typeof EventList>

export const StopView = z.object({
  stopped: z.boolean(),
  by: z.string().nullable(),
  why: z.string().nullable(),
  since: time.nullable(),
})
export type StopView = z.infer<typeof StopView>

/** A flow that failed for good, to be looked at and sent again. */
export const StuckFlow = z.object({
  id: z.string(),
  flow: z.string(),
  error: z.string(),
  since: time,
  attempts: z.number(),
})
export type StuckFlow = z.infer<typeof StuckFlow>
export const StuckList = z.object({ flows: z.array(StuckFlow) })
export type StuckList = z.infer<typeof StuckList>

/** What became of a webhook delivery. */
export const HookView = z.object({
  outcome: z.enum(['accepted', 'ignored', 'duplicate', 'quarantined']),
  sentence: z.string(),
})
export type HookView = z.infer<typeof HookView>

/** Can this process do its work? Each part that it needs, with what is wrong as a sentence. */
export const ReadyView = z.object({
  ready: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), sentence: z.string() })),
})
export type ReadyView = z.infer<typeof ReadyView>

/** Every error answer. */
export const ErrorView = z.object({ error: z.object({ code: z.string(), message: z.string(), requestId: z.string() }) })
export type ErrorView = z.infer<typeof ErrorView>
