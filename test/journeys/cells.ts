import { gunzipSync } from 'node:zlib'
import type { Store } from '../../src/engine/database/database.ts'

/** Looks into every cell of every table that can hold text, also into what is kept as gzip; tells what is found, and where. */
export async function lookThroughCells(
  { pool }: Store,
  find: (text: string) => readonly string[],
): Promise<{ readonly columns: number; readonly found: readonly string[] }> {
  const { rows: columns } = await pool.query<{ schema: string; table: string; column: string }>(
    `select table_schema as schema, table_name as table, column_name as column from information_schema.columns
      join information_schema.tables using (table_schema, table_name)
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
      and data_type not in ('integer', 'bigint', 'boolean', 'timestamp with time zone', 'smallint', 'double precision')`,
  )
  const found: string[] = []
  for (const { schema, table, column } of columns) {
    const { rows } = await pool.query<{ cell: unknown }>(`select "${column}" as cell from "${schema}"."${table}"`)
    for (const { cell } of rows)
      for (const what of find(asText(cell))) found.push(`${schema}.${table}.${column}: ${what}`)
  }
  return { columns: columns.length, found: [...new Set(found)] }
}

function asText(cell: unknown): string {
  if (!Buffer.isBuffer(cell)) return typeof cell === 'string' ? cell : (JSON.stringify(cell) ?? '')
  return (cell[0] === 0x1f && cell[1] === 0x8b ? gunzipSync(cell) : cell).toString('utf8')
}
