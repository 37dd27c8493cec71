import { any, isMark, type Words } from './words.ts'

/** Lines that are the same once their values are gone. */
export interface Row {
  readonly words: Words
}

/** At one place a program has few words of its own to choose from; more different ones are values. */
const fewWords = 5
/** The names of states are its own however many there are. */
const manyStates = 20
const manyKeys = 50

/**
 * Rows of one length are brought together by the words they share (the largest set of words of one row that stand in
 * equally many rows: the words of one statement always come together), and then parted by the places that differ.
 */
export function templatesOf<R extends Row>(
  rows: readonly R[],
  found: (rows: readonly R[], words: Words) => void,
): void {
  for (const alike of Map.groupBy(rows, (row) => row.words.words.length).values()) {
    const counts = countWords(alike)
    for (const group of Map.groupBy(alike, (row) => sharedWords(row, counts)).values()) part(group, found)
  }
}

function countWords(rows: readonly Row[]): readonly Map<string, number>[] {
  const counts = (rows[0]?.words.words ?? []).map(() => new Map<string, number>())
  for (const { words } of rows)
    words.words.forEach((word, place) => {
      const at = counts[place]
      at?.set(word, (at.get(word) ?? 0) + 1)
    })
  return counts
}

function sharedWords({ words: { words } }: Row, counts: readonly Map<string, number>[]): string {
  const places = new Map<number, number[]>()
  words.forEach((word, place) => {
    if (word === any || isMark(word) || /\d/.test(word)) return
    const count = counts[place]?.get(word) ?? 0
    const list = places.get(count)
    if (list === undefined) places.set(count, [place])
    else list.push(place)
  })
  let best: readonly number[] = []
  let bestScore = 0
  for (const [count, list] of places) {
    const score = list.length * Math.log(1 + count)
    if (score > bestScore) [best, bestScore] = [list, score]
  }
  return best.map((place) => `${place} ${words[place]}`).join('\n')
}

function part<R extends Row>(rows: readonly R[], found: (rows: readonly R[], words: Words) => void): void {
  const { parting, values } = placesOf(rows)
  if (parting !== undefined) {
    for (const group of Map.groupBy(rows, (row) => row.words.words[parting]).values()) part(group, found)
    return
  }
  const first = rows[0]?.words
  if (first === undefined) return
  found(rows, { words: first.words.map((word, place) => (values.has(place) ? any : word)), spaced: first.spaced })
}

/** The place by whose words the rows are to be parted, or, when there is none, all places of values. */
function placesOf(rows: readonly Row[]): { readonly parting?: number; readonly values: ReadonlySet<number> } {
  const values = new Set<number>()
  let parting: number | undefined
  let fewest = fewWords + 1
  let certain = false
  const first = rows[0]?.words.words ?? []
  for (let place = 0; place < first.length; place += 1) {
    const words = wordsAt(rows, place)
    if (words.size <= 1) continue
    // Where one line has a value, so have the others.
    if (words.has(any) || words.size > manyKeys) {
      values.add(place)
      continue
    }
    const own = areStates(words) || (first[place + 1] === '=' && areKeys(words))
    if (!own && words.size > fewWords) values.add(place)
    else if (own ? !certain || words.size < fewest : !certain && words.size < fewest) {
      parting = place
      fewest = words.size
      certain = own
    }
  }
  return parting === undefined ? { values } : { parting, values }
}

function wordsAt(rows: readonly Row[], place: number): ReadonlySet<string> {
  const words = new Set<string>()
  for (const row of rows) {
    words.add(row.words.words[place] ?? '')
    if (words.size > manyKeys) break
  }
  return words
}

function areStates(words: ReadonlySet<string>): boolean {
  return words.size <= manyStates && [...words].every((word) => /^[A-Z][A-Z_-]{1,100}$/.test(word))
}

function areKeys(words: ReadonlySet<string>): boolean {
  return [...words].every((word) => !/\d/.test(word))
}
