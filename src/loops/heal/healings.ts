import { pipelines } from '../../commons/pipelines/index.ts'
import { presentDiagnosis, presentPermit, presentRun } from '../../contract/present.ts'
import type { NewLabel } from '../../contract/requests.ts'
import type { HealingView } from '../../contract/views.ts'
import type { RunId } from '../../model/run.ts'
import type { HealDeps } from './index.ts'
import {
  familyRecord,
  findHealing,
  type HealingRow,
  healingOfJob,
  healingsOfRun,
  listHealings,
  type Moment,
  momentsOf,
} from './memory.ts'
import { labelHealing, presentLabel } from './models/labels.ts'
import { type LabelRow, labelsOf } from './models/memory.ts'

/** The ledger as people see it. */
export function createHealings(deps: Pick<HealDeps, 'store' | 'permits' | 'clock'>) {
  const { db } = deps.store

  async function present(rows: readonly HealingRow[]): Promise<readonly HealingView[]> {
    const moments = await momentsOf(
      db,
      rows.map((row) => row.id),
    )
    const labels = await labelsOf(db, [...new Set(rows.flatMap(({ family }) => family ?? []))])
    return await Promise.all(rows.map((row) => viewOf(deps, row, moments.get(row.id) ?? [], labels)))
  }

  async function find(id: string): Promise<HealingView | undefined> {
    const row = await findHealing(db, id)
    return row === undefined ? undefined : (await present([row]))[0]
  }

  return {
    find,
    list: async (wanted: Parameters<typeof listHealings>[1]) => await present(await listHealings(db, wanted)),
    ofRun: async (runId: string) => await present(await healingsOfRun(db, runId as RunId)),
    async failingLines(jobId: string) {
      const best = (await healingOfJob(db, jobId))?.diagnosis?.excerpts[0]
      return best === undefined ? undefined : { start: best.start, end: best.end }
    },
    async label(id: string, label: NewLabel, by: string): Promise<HealingView | undefined> {
      await labelHealing(deps, id, label, by)
      return await find(id)
    },
  }
}

async function viewOf(
  deps: Pick<HealDeps, 'store' | 'permits'>,
  row: HealingRow,
  moments: readonly Moment[],
  labels: readonly LabelRow[],
): Promise<HealingView> {
  const { db } = deps.store
  // The newest first: it is the one that holds.
  const label = labels.find((each) => each.family === row.family)
  const [run, permit, seen] = await Promise.all([
    pipelines.findRun(db, row.run_id, row.attempt),
    row.permit_id === null ? undefined : deps.permits.find(row.permit_id),
    row.family === null ? { times: 0, since: undefined } : familyRecord(db, row.family, row.run_id),
  ])
  if (run === undefined)
    throw new Error(`healing ${row.id} is of run ${row.run_id}, attempt ${row.attempt}, which was never recorded`)
  return {
    id: row.id,
    run: presentRun(run),
    job: row.job_name,
    jobId: row.job_id,
    state: row.state,
    outcome: row.outcome,
    sentence: row.sentence,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    diagnosis: row.diagnosis === null ? null : presentDiagnosis(row.diagnosis),
    plan: row.plan,
    inputs: row.inputs ?? null,
    permit: permit === undefined ? null : presentPermit(permit),
    effect: row.effect ?? null,
    proof: row.proof,
    seen: { times: seen.times, since: seen.since ?? null },
    label: label === undefined ? null : presentLabel(label),
    moments: moments.map(({ at, what, sentence }) => ({ at: at.toISOString(), what, sentence })),
  }
}
