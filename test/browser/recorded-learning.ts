import type { FamilyView, LabelView, ModelList, ModelRecord } from '../../src/contract/learning.ts'
import type { NewLabel } from '../../src/contract/requests.ts'
import type { HealingView } from '../../src/contract/views.ts'
import { diagnosis, minutesAgo } from './recorded.ts'

const day = 24 * 60

function family(id: string, more: Partial<FamilyView>): FamilyView {
  const { category, sentence } = diagnosis()
  return {
    id,
    category: category as FamilyView['category'],
    sentence,
    state: 'recurring',
    count: 1,
    firstSeen: minutesAgo(6 * day),
    lastSeen: minutesAgo(40),
    repositories: ['acme/shop'],
    branches: ['main'],
    trend: [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0],
    label: null,
    sightings: [],
    template: 'connect ECONNRESET <*>',
    families: [id],
    sample: null,
    reruns: { green: 0, red: 0 },
    labels: [],
    ...more,
  }
}

/** Families of a recorded day: one spreads, one is new, one is old and known. */
export function recordedFamilies(healings: readonly HealingView[]): FamilyView[] {
  const told = healings.find(({ id }) => id === 'heal-42')
  const seen = (healing: HealingView): FamilyView['sightings'][number] => ({
    healing: healing.id,
    run: healing.run.id,
    repository: healing.run.repository,
    pipeline: healing.run.pipeline,
    branch: healing.run.branch,
    outcome: healing.outcome,
    sentence: healing.diagnosis?.sentence ?? healing.sentence,
    at: healing.startedAt,
  })
  return [
    family('registry-reset', {
      category: 'net.reset',
      sentence: 'The registry reset the connection while a package was fetched',
      state: 'spreading',
      count: 11,
      firstSeen: minutesAgo(70),
      lastSeen: minutesAgo(3),
      repositories: ['acme/catalogue', 'acme/shop', 'acme/site', 'acme/stock'],
      branches: ['main', 'fix/basket', 'release/1.8'],
      trend: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11],
      reruns: { green: 4, red: 1 },
    }),
    family('tsc-ts2345', {
      state: 'new',
      firstSeen: minutesAgo(30),
      lastSeen: minutesAgo(18),
      trend: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
      sightings: told === undefined ? [] : [seen(told)],
      sample:
        told?.diagnosis == null
          ? null
          : {
              healing: told.id,
              run: told.run.id,
              job: told.jobId,
              confidence: told.diagnosis.confidence,
              abstained: false,
              excerpts: told.diagnosis.excerpts,
              evidence: told.diagnosis.evidence,
            },
    }),
    family('flaky-basket', {
      category: 'test.async',
      sentence: 'Test "basket keeps its order" failed: expected 3 rows, got 2',
      count: 27,
      trend: [3, 1, 0, 2, 4, 1, 0, 0, 3, 5, 2, 1, 3, 2],
      repositories: ['acme/shop'],
      branches: ['main', 'fix/tax'],
      reruns: { green: 19, red: 2 },
    }),
  ]
}

/** What the gateway does with a label: the family, and every case of it, carry it from then on. */
export function labelled(family: FamilyView, { category, note }: NewLabel, healing = 'heal-42'): LabelView {
  const label: LabelView = {
    id: `label-${family.labels.length + 1}`,
    family: family.id,
    category,
    was: family.category,
    repository: family.repositories[0] ?? '',
    healing,
    note: note ?? null,
    by: 'administrator',
    at: new Date().toISOString(),
  }
  Object.assign(family, { label, category, labels: [label, ...family.labels] })
  return label
}

function record(accuracy: number, cases: number, projects: number): ModelRecord {
  const labels = ['compile_error', 'dependency', 'network', 'test_failure', 'timeout']
  return {
    trainedOn: [{ source: 'labelled.jsonl', cases, projects }],
    split: 'Ten folds by project: no project is both learned from and judged.',
    figures: [
      { name: 'accuracy', value: accuracy, low: accuracy - 0.04, high: accuracy + 0.03, better: 'higher' },
      { name: 'macro-F1', value: accuracy - 0.14, low: accuracy - 0.2, high: accuracy - 0.08, better: 'higher' },
      { name: 'ECE', value: 0.021, low: 0.012, high: 0.038, better: 'lower' },
      { name: 'Brier', value: 0.29, low: null, high: null, better: 'lower' },
    ],
    reliability: [0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.97].map((confidence, at) => ({
      confidence,
      accuracy: Math.min(1, confidence + ([0.04, -0.03, 0.02, -0.02, 0.01, -0.015, 0.005][at] ?? 0)),
      weight: [12, 25, 31, 44, 60, 95, 410][at] ?? 1,
    })),
    confusion: {
      labels,
      counts: labels.map((_, row) => labels.map((_, column) => (row === column ? 90 - 15 * row : (row + column) % 3))),
    },
    notes: ['The last fifth by time was held out as well: accuracy 0.77.'],
  }
}

export function recordedModels(): ModelList {
  return {
    models: [
      {
        version: 'causes-2026-03-02-0915',
        kind: 'causes',
        inUse: true,
        shipped: false,
        trainedBy: 'ada',
        trainedAt: minutesAgo(2 * day),
        record: record(0.81, 812, 82),
      },
      {
        version: 'shipped-causes',
        kind: 'causes',
        inUse: false,
        shipped: true,
        trainedBy: 'Mendline',
        trainedAt: minutesAgo(30 * day),
        record: record(0.79, 797, 80),
      },
    ],
    chosen: [{ kind: 'causes', version: 'causes-2026-03-02-0915', by: 'ada', at: minutesAgo(2 * day) }],
    labels: 4,
  }
}
