import type { FamilyRow, FamilyView } from '../../contract/learning.ts'
import type { NewLabel } from '../../contract/requests.ts'
import { clusterFailures, type FailureFamily } from './families/cluster.ts'
import { commonText } from './families/in-common.ts'
import type { FamilyState } from './families/spread.ts'
import { diagnosedMark, diagnosedSince, rerunRecord, type SeenRow, type Told, toldOf } from './families-memory.ts'
import type { HealDeps } from './index.ts'
import { findHealing } from './memory.ts'
import { labelHealing, presentLabel } from './models/labels.ts'
import { holdingLabels, type LabelRow, labelsOf } from './models/memory.ts'

/** Families are told over this long; older failures no longer say what is going on. */
const days = 90
const dayMs = 24 * 3_600_000
const mostFailures = 5_000
const mostSightings = 50

/** After this long a family may be another by time alone: new no more, or no longer spreading. */
const goodForMs = 30_000

/** Families of failures as people see them: made anew whenever the ledger has one more, so they are never behind it. */
export function createFamilies(deps: Pick<HealDeps, 'store' | 'clock'>) {
  const { store, clock } = deps

  let made: Made | undefined

  async function gather(): Promise<Gathered> {
    const now = clock.now()
    // Whole days, so that the oldest failure does not leave with every second.
    const since = new Date(Math.floor(now.getTime() / dayMs - days) * dayMs)
    const [mark, labels] = await Promise.all([diagnosedMark(store.db, since), holdingLabels(store.db)])
    if (made === undefined || made.mark !== mark || now.getTime() - made.atMs > goodForMs) {
      const seen = await diagnosedSince(store.db, since, mostFailures)
      const families = clusterFailures(seen.map(seenFailure), now)
      made = { mark, atMs: now.getTime(), families, rows: new Map(seen.map((row) => [row.id, row])) }
    }
    return { families: made.families, rows: made.rows, labels }
  }

  async function view(id: string): Promise<FamilyView | undefined> {
    const { families, rows, labels } = await gather()
    const family = families.find((each) => each.family === id || each.families.includes(id))
    if (family === undefined) return undefined
    const newestFirst = family.failures.toReversed().flatMap((failure) => rows.get(failure) ?? [])
    const shown = newestFirst.slice(0, mostSightings)
    const [told, newest, reruns, given] = await Promise.all([
      toldOf(
        store.db,
        shown.map((row) => row.id),
      ),
      newestFirst[0] === undefined ? undefined : findHealing(store.db, newestFirst[0].id),
      rerunRecord(store.db, family.families),
      labelsOf(store.db, family.families),
    ])
    return {
      ...rowOf(family, newest?.diagnosis?.sentence ?? '', labels, newestFirst[0]),
      sightings: shown.map((row) => presentSighting(row, told.get(row.id))),
      template: commonText(newestFirst.map(({ family_text }) => family_text)),
      families: [...family.families],
      sample: sampleOf(newest),
      reruns: { ...reruns },
      labels: given.map(presentLabel),
    }
  }

  return {
    /** Seen last first; `before` is the id of the last one already seen. */
    async list(wanted: {
      readonly state?: FamilyState | undefined
      readonly before?: string | undefined
      readonly limit: number
    }): Promise<readonly FamilyRow[]> {
      const { families, rows, labels } = await gather()
      const start = wanted.before === undefined ? 0 : families.findIndex(({ family }) => family === wanted.before) + 1
      const page = families
        .slice(start)
        .filter(({ state }) => wanted.state === undefined || state === wanted.state)
        .slice(0, wanted.limit)
      const newest = page.flatMap(({ failures }) => failures.at(-1) ?? [])
      const told = await toldOf(store.db, newest)
      return page.map((family) => {
        const last = family.failures.at(-1) ?? ''
        return rowOf(family, told.get(last)?.sentence ?? '', labels, rows.get(last))
      })
    },
    find: view,
    /** A label of a family is one of its newest failure. */
    async label(id: string, label: NewLabel, by: string): Promise<FamilyView | undefined> {
      const newest = (await view(id))?.sightings[0]
      if (newest === undefined) return undefined
      await labelHealing(deps, newest.healing, label, by)
      return await view(id)
    },
  }
}

interface Clustered {
  readonly families: readonly FailureFamily[]
  readonly rows: ReadonlyMap<string, SeenRow>
}
interface Made extends Clustered {
  readonly mark: string
  readonly atMs: number
}
interface Gathered extends Clustered {
  readonly labels: readonly LabelRow[]
}

function seenFailure(row: SeenRow) {
  const fingerprint = { exact: row.family, family: row.family, version: row.family_version }
  const { id, repository, category, family_text: text, started_at: at } = row
  return { id, repository, branch: row.branch ?? undefined, at, category, fingerprint, text }
}

function rowOf(
  family: FailureFamily,
  sentence: string,
  labels: readonly LabelRow[],
  newest: SeenRow | undefined,
): FamilyRow {
  // The newest label of any family that was joined speaks for all of them.
  const label = labels.find((each) => family.families.includes(each.family))
  return {
    id: family.family,
    category: label?.category ?? newest?.category ?? family.category,
    sentence,
    state: family.state,
    count: family.count,
    firstSeen: family.firstSeen.toISOString(),
    lastSeen: family.lastSeen.toISOString(),
    repositories: [...family.repositories],
    branches: [...family.branches],
    trend: [...family.trend],
    label: label === undefined ? null : presentLabel(label),
  }
}

function presentSighting(row: SeenRow, told: Told | undefined): FamilyView['sightings'][number] {
  const { run_id: run, repository, pipeline, branch } = row
  const { sentence = '', outcome = null } = told ?? {}
  return { healing: row.id, run, repository, pipeline, branch, outcome, sentence, at: row.started_at.toISOString() }
}

function sampleOf(healing: Awaited<ReturnType<typeof findHealing>>): FamilyView['sample'] {
  if (healing?.diagnosis == null) return null
  const { confidence, abstained, excerpts, evidence } = healing.diagnosis
  return {
    healing: healing.id,
    run: healing.run_id,
    job: healing.job_id,
    confidence,
    abstained,
    excerpts: excerpts.map(({ start, end, score, why, text }) => ({ start, end, score, why, text: [...text] })),
    evidence: [...evidence],
  }
}
