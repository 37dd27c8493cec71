import type { Database } from '../../engine/database/database.ts'

type PollTables = {
  poll_marks: { connection: string; repository: string; read_until: Date }
}

/** How far the poller has read a repository; undefined before its first time. */
export async function pollMark(db: Database, connection: string, repository: string): Promise<Date | undefined> {
  const row = await tables(db)
    .selectFrom('poll_marks')
    .select('read_until')
    .where('connection', '=', connection)
    .where('repository', '=', repository)
    .executeTakeFirst()
  return row?.read_until
}

/** Move the mark on; it never goes back. */
export async function setPollMark(
  db: Database,
  connection: string,
  repository: string,
  readUntil: Date,
): Promise<void> {
  await tables(db)
    .insertInto('poll_marks')
    .values({ connection, repository, read_until: readUntil })
    .onConflict((conflict) =>
      conflict
        .columns(['connection', 'repository'])
        .doUpdateSet((eb) => ({ read_until: eb.ref('excluded.read_until') }))
        .whereRef('poll_marks.read_until', '<', 'excluded.read_until'),
    )
    .execute()
}

function tables(db: Database) {
  return db.withTables<PollTables>()
}
