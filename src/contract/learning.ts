import { z } from 'zod'
import { type Category, categories } from '../model/diagnosis.ts'

/** What the API says of families of failures, of what people called them, and of the models that learn from it. */
const time = z.iso.datetime()
const category = z.enum(Object.keys(categories) as [Category, ...Category[]])

export const LabelView = z.object({
  id: z.string(),
  family: z.string(),
  category,
  /** What Mendline had said. */
  was: category,
  repository: z.string(),
  healing: z.string(),
  note: z.string().nullable(),
  by: z.string(),
  at: time,
})
export type LabelView = z.infer<typeof LabelView>

export const FamilyRow = z.object({
  /** Fingerprint of the oldest family in it. */
  id: z.string(),
  category,
  sentence: z.string(),
  /** Spreading now, new today, or known for longer. */
  state: z.enum(['new', 'recurring', 'spreading']),
  count: z.number(),
  firstSeen: time,
  lastSeen: time,
  repositories: z.array(z.string()),
  branches: z.array(z.string()),
  /** Failures of each of the last 14 days, the oldest first. */
  trend: z.array(z.number()),
  /** What a person called it, if one did. */
  label: LabelView.nullable(),
})
export type FamilyRow = z.infer<typeof FamilyRow>

export const FamilyList = z.object({ families: z.array(FamilyRow), next: z.string().nullable() })
export type FamilyList = z.infer<typeof FamilyList>

const Sighting = z.object({
  healing: z.string(),
  run: z.string(),
  repository: z.string(),
  pipeline: z.string(),
  branch: z.string().nullable(),
  outcome: z.enum(['mended', 'not-mended', 'told', 'refused', 'watched']).nullable(),
  sentence: z.string(),
  at: time,
})

export const FamilyView = FamilyRow.extend({
  /** Newest first, at most 50. */
  sightings: z.array(Sighting),
  /** What its failures say in common, `<*>` for what varies; empty when that is not known. */
  template: z.string(),
  /** Fingerprints that were joined, the oldest first. */
  families: z.array(z.string()),
  /** The newest failure of it: its lines, where they stand, and why Mendline thinks so. */
  sample: z
    .object({
      healing: z.string(),
      run: z.string(),
      job: z.string().nullable(),
      confidence: z.number(),
      abstained: z.boolean(),
      excerpts: z.array(
        z.object({
          start: z.number(),
          end: z.number(),
          score: z.number(),
          why: z.string(),
          text: z.array(z.string()),
        }),
      ),
      evidence: z.array(z.string()),
    })
    .nullable(),
  /** What plain reruns of it did. */
  reruns: z.object({ green: z.number(), red: z.number() }),
  /** Every label it got, the newest first. */
  labels: z.array(LabelView),
})
export type FamilyView = z.infer<typeof FamilyView>

/** A share with what it would be on other projects of the kind: 95 of 100 times within `low` and `high`. */
const Measured = z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() })

export const modelKinds = ['causes', 'lines'] as const
export type ModelKind = (typeof modelKinds)[number]

/** What a model was trained on, how it was split, and what it reached there. Kept with every version. */
export const ModelRecord = z.object({
  trainedOn: z.array(z.object({ source: z.string(), cases: z.number(), projects: z.number() })),
  split: z.string(),
  /** By name: accuracy, macro-F1, ECE, Brier, … In the order in which they are shown. */
  figures: z.array(z.object({ name: z.string(), ...Measured.shape, better: z.enum(['higher', 'lower']) })),
  /** Of answers this sure, how many were right; `weight` is how many there were. */
  reliability: z.array(z.object({ confidence: z.number(), accuracy: z.number(), weight: z.number() })),
  /** How often each truth (row) was called what (column). */
  confusion: z.object({ labels: z.array(z.string()), counts: z.array(z.array(z.number())) }).nullable(),
  notes: z.array(z.string()),
})
export type ModelRecord = z.infer<typeof ModelRecord>

export const ModelView = z.object({
  version: z.string(),
  kind: z.enum(modelKinds),
  inUse: z.boolean(),
  shipped: z.boolean(),
  trainedBy: z.string(),
  trainedAt: time.nullable(),
  record: ModelRecord,
})
export type ModelView = z.infer<typeof ModelView>

export const ModelList = z.object({
  /** The newest first, the shipped one last; each kind for itself. */
  models: z.array(ModelView),
  /** When and by whom the one in use was chosen; none while it is the shipped one that nobody touched. */
  chosen: z.array(z.object({ kind: z.enum(modelKinds), version: z.string(), by: z.string(), at: time })),
  /** Labels of people that no model has learnt from yet. */
  labels: z.number(),
})
export type ModelList = z.infer<typeof ModelList>
