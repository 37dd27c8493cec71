import { pipelines } from '../../commons/pipelines/index.ts'
import { presentDiagnosis, presentPermit, presentRun } from '../../contract/present.ts'
import type { NewLabel } from '../../contract/requests.ts'
import type { HealingView } from '../../contract/views.ts'
import type { Permit } from '../../model/permit.ts'
import type { Run, RunId } from '../../model/run.ts'
import { type FamilyRecord, seenBefore } from './families-memory.ts'
import type { HealDeps } from './index.ts'
import {
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
  const { permits } = deps
  const { db } = deps.store

  /** As many questions for a page as for one row. */
  async function present(rows: readonly HealingRow[]): Promise<readonly HealingView[]> {
    const ids = rows.map((row) => row.id)
    const [moments, runs, given, seen, labels] = await Promise.all([
      momentsOf(db, ids),
      pipelines.findRuns(
        db,
        rows.map((row) => ({ id: row.run_id, attempt: row.attempt })),
      ),
      permits.findAll(rows.flatMap((row) => row.permit_id ?? [])),
      seenBefore(db, ids),
      labelsOf(db, [...new Set(rows.flatMap(({ family }) => family ?? []))]),
    ])
    return rows.map((row) =>
      viewOf(row, {
        moments: moments.get(row.id) ?? [],
        run: runs.find((run) => run.id === row.run_id && run.attempt === row.attempt),
        permit: given.find(({ id }) => id === row.permit_id),
        seen: seen.get(row.id),
        // The newest first: it is the one that holds.
        label: labels.find((label) => label.family === row.family),
      }),
    )
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

interface Beside {
  readonly moments: readonly Moment[]
  readonly run: Run | undefined
  readonly permit: Permit | undefined
  readonly seen: Pick<FamilyRecord, 'times' | 'since'> | undefined
  readonly label: LabelRow | undefined
}

function viewOf(row: HealingRow, { moments, run, permit, seen, label }: Beside): HealingView {
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
    seen: { times: seen?.times ?? 0, since: seen?.since ?? null },
    label: label === undefined ? null : presentLabel(label),
    moments: moments.map(({ at, what, sentence }) => ({ at: at.toISOString(), what, sentence })),
  }
}
