/** Rows of a CSV file under the names of its first line; a field in quotes may hold anything, a quote doubled. */
export function readCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const [head = [], ...rows] = records(text)
  return rows
    .filter((row) => row.length === head.length)
    .map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ''])))
}

function records(text: string): readonly (readonly string[])[] {
  const all: string[][] = []
  let row: string[] = []
  for (const { 1: quoted, 2: plain = '', 3: end } of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (end === '' && quoted === undefined && plain === '' && row.length === 0) break
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    all.push(row)
    row = []
  }
  return all
}
