import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bootstrap } from '../../src/loops/heal/learn/bootstrap.ts'
import { mineTemplates } from '../../src/loops/heal/templates/miner.ts'
import { readCsv } from './csv.ts'
import type { Data } from './data.ts'
import { type Figure, withInterval } from './figure.ts'

/** Grouping accuracy of template mining, one configuration for every system, beside what is published for the same. */
export async function measure(data: Data): Promise<readonly Figure[]> {
  const folder = data.folder('loghub')
  if (folder === undefined) return []
  const systems = readdirSync(folder).filter((name) => existsSync(structured(folder, name)))
  const scores = systems.map((name) => {
    const rows = readCsv(readFileSync(structured(folder, name), 'utf8'))
    const mined = mineTemplates(rows.map((row) => row.Content ?? ''))
    return groupingAccuracy(
      rows.map((row) => row.EventTemplate ?? ''),
      mined.of,
    )
  })
  const mean = meanOf(scores)
  for (const [index, name] of systems.entries()) console.log(`  templates of ${name}: ${scores[index]?.toFixed(4)}`)
  return [
    {
      what: `template mining, ${systems.length} Loghub systems, grouping accuracy`,
      measured: withInterval(mean, intervalOf(scores), 4),
      baseline: ['Drain', 'Brain'].map((miner) => publishedFor(folder, miner, systems)).join(', '),
      reach: '≥ .95',
      reached: mean >= 0.95,
    },
  ]
}

function structured(folder: string, system: string): string {
  return join(folder, system, `${system}_2k.log_structured.csv`)
}

/** A line is right when its group holds exactly the lines of its true group. */
function groupingAccuracy(truth: readonly string[], mined: Int32Array): number {
  const lines = truth.map((name, line) => ({ name, group: mined[line] ?? -1 }))
  const trueSizes = sizes(lines.map(({ name }) => name))
  const right = [...Map.groupBy(lines, ({ group }) => group).values()].filter((group) => {
    const names = new Set(group.map(({ name }) => name))
    return names.size === 1 && trueSizes.get(group[0]?.name ?? '') === group.length
  })
  return right.reduce((sum, group) => sum + group.length, 0) / lines.length
}

function sizes(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

function meanOf(scores: readonly number[]): number {
  return scores.reduce((sum, score) => sum + score, 0) / scores.length
}

/** Each system is a group of its own. */
function intervalOf(scores: readonly number[]): readonly [number, number] {
  return bootstrap(
    scores.map((score) => [score]),
    (drawn) => meanOf(drawn.flat()),
  )
}

/** The mean that a published miner reaches on these systems. */
function publishedFor(folder: string, miner: string, systems: readonly string[]): string {
  const file = join(folder, 'published_2k_accuracy.json')
  if (!existsSync(file)) return '–'
  const all = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, readonly [number, number]>>
  const scores = systems.flatMap((name) => all[miner]?.[name]?.[1] ?? [])
  return scores.length === 0 ? '–' : `${miner} ${meanOf(scores).toFixed(3)}`
}
