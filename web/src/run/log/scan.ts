import type { LogView } from '../../../../src/contract/views.ts'
import { readLine } from './read-line.ts'

type Fetch = (from: number) => Promise<LogView>

/** Goes over the lines from one on, range by range, until `wanted` or the end, or until told to stop. */
async function scan(
  fetch: Fetch,
  from: number,
  wanted: (line: string) => boolean,
  signal: AbortSignal,
  onward?: (line: number) => void,
) {
  let line = from
  for (;;) {
    const view = await fetch(line)
    for (; line < view.from + view.lines.length; line++) {
      if (signal.aborted) return null
      if (wanted(view.lines[line - view.from] ?? '')) return line
    }
    if (view.lines.length === 0 || line > view.total) return null
    onward?.(line)
  }
}

/** The next line that contains the words in any case, going round at the end; null if there is none. */
export async function find(
  fetch: Fetch,
  words: string,
  from: number,
  signal: AbortSignal,
  onward: (line: number) => void,
) {
  const sought = words.toLowerCase()
  const wanted = (line: string) => line.toLowerCase().includes(sought)
  return (await scan(fetch, from, wanted, signal, onward)) ?? (from > 1 ? scan(fetch, 1, wanted, signal, onward) : null)
}

/** The last line of the group whose heading is `heading`: before its end mark, or before the next group. */
export async function endOfGroup(fetch: Fetch, heading: number, total: number, signal: AbortSignal): Promise<number> {
  const end = await scan(fetch, heading + 1, (line) => ['group', 'endgroup'].includes(readLine(line).mark), signal)
  return end === null ? total : end - 1
}
