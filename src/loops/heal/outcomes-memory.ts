import type { Database } from '../../engine/database/database.ts'
import type { Category } from '../../model/diagnosis.ts'
import type { RemedyKind } from '../../model/remedy.ts'
import { tables } from './memory.ts'

export interface RemedyOutcome {
  readonly healingId: string
  readonly repository: string
  readonly family: string
  readonly category: Category
  readonly branch?: string | undefined
  readonly remedy: RemedyKind
  readonly proven: boolean
  readonly tookMs: number
  readonly at: Date
}

export async function rememberOutcome(db: Database, outcome: RemedyOutcome): Promise<void> {
  await tables(db)
    .insertInto('remedy_outcomes')
    .values({
      healing_id: outcome.healingId,
      repository: outcome.repository,
      family: outcome.family,
      category: outcome.category,
      branch: outcome.branch ?? null,
      remedy: outcome.remedy,
      proven: outcome.proven,
      took_ms: Math.round(outcome.tookMs),
      at: outcome.at,
      held: true,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The same family failed again on the branch: mends of the last 72 hours did not hold. */
export async function doubtMends(
  db: Database,
  family: string,
  branch: string | undefined,
  since: Date,
  except: string,
): Promise<void> {
  await tables(db)
    .updateTable('remedy_outcomes')
    .set({ held: false })
    .where('family', '=', family)
    .where((e) => (branch === undefined ? e('branch', 'is', null) : e('branch', '=', branch)))
    .where('proven', '=', true)
    .where('at', '>=', since)
    .where('healing_id', '!=', except)
    .execute()
}

/** The record of every remedy per repository. */
export async function remedyRecords(db: Database): Promise<
  readonly {
    readonly repository: string
    readonly remedy: RemedyKind
    readonly tried: number
    readonly proven: number
    readonly disproven: number
  }[]
> {
  const rows = await tables(db)
    .selectFrom('remedy_outcomes')
    .select((e) => [
      'repository',
      'remedy',
      e.fn.countAll<number>().as('tried'),
      e.fn.countAll<number>().filterWhere('proven', '=', true).filterWhere('held', '=', true).as('proven'),
    ])
    .groupBy(['repository', 'remedy'])
    .orderBy('repository')
    .orderBy('remedy')
    .execute()
  return rows.map((row) => ({
    repository: row.repository,
    remedy: row.remedy,
    tried: row.tried,
    proven: row.proven,
    disproven: row.tried - row.proven,
  }))
}
