/** How far beyond the first and the last line a column can be asked. */
const beyond = 2

/** One number for every line. */
export interface Column {
  /** Where the first line's number lies in the memory of all columns. */
  readonly start: number
  readonly values: Float32Array
}

/** Numbers for every line: `values[starts[column] + row]`. Columns may share memory. */
export interface Columns {
  readonly rows: number
  readonly values: Float32Array
  readonly starts: Int32Array
}

/** Memory for columns of so many rows, in one piece. */
export interface Space {
  readonly values: Float32Array
  /** A new column of zeros; `edge` is what it answers beyond the first and the last line. */
  column(edge?: number): Column
}

export function createSpace(rows: number, columns: number): Space {
  const width = rows + 2 * beyond
  const values = new Float32Array(width * columns)
  let used = 0
  return {
    values,
    column(edge = 0) {
      const from = used * width
      used += 1
      const start = from + beyond
      if (edge !== 0) {
        values.fill(edge, from, start)
        values.fill(edge, start + rows, start + rows + beyond)
      }
      return { start, values: values.subarray(start, start + rows) }
    },
  }
}

/** Some of the rows, one behind the other. */
export function rowsOf({ values, starts }: Columns, rows: readonly number[]): Float32Array {
  const out = new Float32Array(rows.length * starts.length)
  let put = 0
  for (const row of rows) for (const start of starts) out[put++] = values[start + row] as number
  return out
}
