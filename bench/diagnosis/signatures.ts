import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createBlockReader } from '../../src/loops/heal/logs/blocks.ts'
import { createMatcher } from '../../src/loops/heal/signatures/matcher.ts'
import { parseSignature } from '../../src/loops/heal/signatures/parse.ts'
import { printSignature } from '../../src/loops/heal/signatures/print.ts'
import type { Query } from '../../src/loops/heal/signatures/query.ts'
import { jsonLines, logchunks } from './cases.ts'
import type { Data } from './data.ts'
import { type Figure, percent } from './figure.ts'

/** OpenStack's queries: how many can be said, and how many logs of other projects they falsely hit. */
export async function measure(data: Data): Promise<readonly Figure[]> {
  const folder = data.folder('elastic-recheck')
  if (folder === undefined) return []
  const texts = jsonLines<{ readonly query: string }>(join(folder, 'queries.jsonl')).map(({ query }) => query)
  const queries = texts.flatMap((text) => expressed(text) ?? [])
  const share = queries.length / texts.length
  return [
    {
      what: `signatures expressible, ${texts.length} OpenStack queries`,
      measured: percent(share, 2),
      baseline: '–',
      reach: '≥ 99 %',
      reached: share >= 0.99,
    },
    ...(await falseHits(data, queries)),
  ]
}

/** Read, and the same again after it was printed; else it was not understood. */
function expressed(text: string): Query | undefined {
  const parsed = parseSignature(text)
  if (parsed.kind === 'problem') {
    console.log(`  not expressible: ${parsed.sentence}`)
    return undefined
  }
  const again = parseSignature(printSignature(parsed.query))
  return JSON.stringify(again) === JSON.stringify(parsed) ? parsed.query : undefined
}

/** Every log is taken for the output of a failed OpenStack job, so that only the messages can tell them apart. */
async function falseHits(data: Data, queries: readonly Query[]): Promise<readonly Figure[]> {
  const cases = logchunks(data)
  if (cases.length === 0) return []
  const matcher = createMatcher(queries.map((query, number) => ({ id: String(number), query })))
  const fields = { tags: ['console', 'console.html'], filename: 'console.html', build_status: 'FAILURE' }
  let hit = 0
  let pairs = 0
  for (const { log, project } of cases) {
    const look = matcher.on({ ...fields, build_name: 'build', project })
    const blocks = createBlockReader(look.see)
    for await (const chunk of createReadStream(log)) blocks.push(chunk as Buffer)
    blocks.end()
    pairs += look.hits().length
    if (look.hits().length > 0) hit += 1
  }
  const share = hit / cases.length
  return [
    {
      what: `false hits of these on ${cases.length} LogChunks logs (logs that any of them hits)`,
      measured: `${percent(share, 2)} (${pairs} of ${queries.length * cases.length} pairs)`,
      baseline: '–',
      reach: '≤ 0.5 %',
      reached: share <= 0.005,
    },
  ]
}
