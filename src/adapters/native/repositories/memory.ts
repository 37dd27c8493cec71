import type { Database } from '../../../engine/database/database.ts'
import { json } from '../json.ts'

/** The bare repositories that a connection of ours builds. */
export interface NativeRepository {
  readonly connection: string
  readonly name: string
  readonly path: string
  readonly defaultBranch: string
  readonly variables: Readonly<Record<string, string>>
}

type Tables = {
  native_repositories: {
    connection: string
    name: string
    path: string
    default_branch: string
    variables: unknown
  }
  native_refs: { connection: string; repository: string; ref: string; sha: string }
}

const on = (db: Database) => db.withTables<Tables>()

export async function saveRepository(db: Database, repository: NativeRepository): Promise<void> {
  const row = {
    path: repository.path,
    default_branch: repository.defaultBranch,
    variables: json(repository.variables),
  }
  await on(db)
    .insertInto('native_repositories')
    .values({ connection: repository.connection, name: repository.name, ...row })
    .onConflict((conflict) => conflict.columns(['connection', 'name']).doUpdateSet(row))
    .execute()
}

export async function listRepositories(db: Database, connection: string): Promise<readonly NativeRepository[]> {
  const rows = await on(db)
    .selectFrom('native_repositories')
    .selectAll()
    .where('connection', '=', connection)
    .orderBy('name')
    .execute()
  return rows.map((row) => ({
    connection: row.connection,
    name: row.name,
    path: row.path,
    defaultBranch: row.default_branch,
    variables: row.variables as NativeRepository['variables'],
  }))
}

export async function findRepository(
  db: Database,
  connection: string,
  name: string,
): Promise<NativeRepository | undefined> {
  return (await listRepositories(db, connection)).find((repository) => repository.name === name)
}

/** New runs of a repository queue up here, so that they are numbered one after another. */
export async function lockRepository(db: Database, connection: string, name: string): Promise<void> {
  await on(db)
    .selectFrom('native_repositories')
    .select('name')
    .where('connection', '=', connection)
    .where('name', '=', name)
    .forUpdate()
    .execute()
}

/** Where each ref stood when its last push was planned. */
export async function knownRefs(
  db: Database,
  { connection, name }: Pick<NativeRepository, 'connection' | 'name'>,
): Promise<ReadonlyMap<string, string>> {
  const rows = await on(db)
    .selectFrom('native_refs')
    .select(['ref', 'sha'])
    .where('connection', '=', connection)
    .where('repository', '=', name)
    .execute()
  return new Map(rows.map((row) => [row.ref, row.sha]))
}

export async function rememberRef(
  db: Database,
  { connection, name }: Pick<NativeRepository, 'connection' | 'name'>,
  ref: string,
  sha: string,
): Promise<void> {
  await on(db)
    .insertInto('native_refs')
    .values({ connection, repository: name, ref, sha })
    .onConflict((conflict) => conflict.columns(['connection', 'repository', 'ref']).doUpdateSet({ sha }))
    .execute()
}

export async function forgetRef(
  db: Database,
  { connection, name }: Pick<NativeRepository, 'connection' | 'name'>,
  ref: string,
): Promise<void> {
  await on(db)
    .deleteFrom('native_refs')
    .where('connection', '=', connection)
    .where('repository', '=', name)
    .where('ref', '=', ref)
    .execute()
}
