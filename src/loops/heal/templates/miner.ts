import { type Row, templatesOf } from './split.ts'
import { joined, textFrom, type Words, wordsOf } from './words.ts'

/** What many lines have in common. */
export interface Template {
  /** Its own words with `<*>` for each value; the same text is the same template, from whatever lines. */
  readonly text: string
  readonly words: readonly string[]
  /** Lines that it was mined from. */
  readonly count: number
  /** Words of the longest of them. */
  readonly longest: number
}

export interface Mined {
  readonly templates: readonly Template[]
  /** For each line the number of its template. */
  readonly of: Int32Array
}

/**
 * Finds the templates behind the messages of a log: lines of one template are those that one statement of the program
 * wrote. One way for every system: values with a shape of their own are known by it (see variables.ts), the others by
 * counting what stands at one place among lines that share their other words (see split.ts). Time grows with the
 * lines; what is kept grows with the different lines after their values are gone.
 */
export function mineTemplates(lines: readonly string[]): Mined {
  const rows = new Map<string, { readonly words: Words; readonly lines: number[] }>()
  lines.forEach((line, number) => {
    const words = wordsOf(line)
    const key = words.words.join('\n')
    const row = rows.get(key)
    if (row === undefined) rows.set(key, { words, lines: [number] })
    else row.lines.push(number)
  })
  return numbered([...rows.values()], lines.length)
}

function numbered(rows: readonly (Row & { readonly lines: readonly number[] })[], lines: number): Mined {
  const of = new Int32Array(lines)
  const byText = new Map<string, number>()
  const templates: { text: string; words: readonly string[]; count: number; longest: number }[] = []
  templatesOf(rows, (found, words) => {
    const template = joined(words)
    const key = template.words.join('\n')
    const number =
      byText.get(key) ?? templates.push({ text: textFrom(template), words: template.words, count: 0, longest: 0 }) - 1
    byText.set(key, number)
    for (const row of found) for (const line of row.lines) of[line] = number
    const entry = templates[number]
    if (entry === undefined) return
    entry.count += found.reduce((sum, row) => sum + row.lines.length, 0)
    entry.longest = Math.max(entry.longest, words.words.length)
  })
  return { templates, of }
}
