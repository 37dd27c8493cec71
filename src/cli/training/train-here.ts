import { mkdir, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../base/clock.ts'
import { Unavailable } from '../../base/errors.ts'
import { plainLine } from '../../base/text.ts'
import { modelKinds } from '../../contract/learning.ts'
import type { Store } from '../../engine/database/database.ts'
import { incumbentOf } from '../../loops/heal/models/incumbent.ts'
import { labelCases } from '../../loops/heal/models/label-cases.ts'
import { type Candidate, type KeyedCase, trainCandidate } from '../../loops/heal/models/train.ts'
import { createModels } from '../../loops/heal/models/versions.ts'
import { dataFolder } from '../client.ts'
import { reachStore } from '../store.ts'
import type { TrainOptions } from '../train.ts'
import { readCases } from './read-cases.ts'
import { sayRecord } from './say-record.ts'

/** Trains, keeps and, if asked, puts to use; returns the exit code. */
export async function train(options: TrainOptions): Promise<number> {
  const reached = await reachStore(dataFolder(options))
  try {
    if (options.promote && reached === undefined)
      throw new Unavailable(
        'there is no installation to put a model to use in: set DATABASE_URL, or name its folder with --data DIR',
      )
    return await trainOn(options, reached?.store)
  } finally {
    await reached?.close()
  }
}

async function trainOn(options: TrainOptions, store: Store | undefined): Promise<number> {
  const { cases, problems } = await gather(options.cases, store)
  for (const problem of problems) console.error(plainLine(problem, 1_000))
  const onTop = options.onTop || options.cases.length === 0
  const done: Done[] = []
  for (const kind of options.kind === 'all' ? modelKinds : [options.kind]) {
    // The model of lines takes minutes on many logs: nobody should wonder what goes on.
    console.error(`learning ${kind} from ${cases.length} labelled logs …`)
    const candidate = trainCandidate({ kind, cases, incumbent: await incumbentOf(store?.db, kind), onTop })
    if (candidate !== undefined) done.push(await keep(candidate, options, store))
  }
  if (done.length === 0)
    throw new Unavailable(
      `nothing to learn from: ${cases.length} labelled logs were read, and none says what these models learn; ` +
        'give some with --cases, or label failures in the dashboard',
    )
  if (options.format === 'json') console.log(JSON.stringify({ models: done.map(forPrograms) }))
  else for (const line of done.flatMap(forPeople)) console.log(line)
  return options.promote && done.some(({ candidate }) => candidate.refusal !== undefined) ? 1 : 0
}

async function gather(
  files: readonly string[],
  store: Store | undefined,
): Promise<{ readonly cases: readonly KeyedCase[]; readonly problems: readonly string[] }> {
  const read = []
  for (const file of files) read.push(await readCases(file))
  const labels = store === undefined ? { cases: [], withoutLog: 0 } : await labelCases(store.db)
  return {
    cases: [...read.flatMap(({ cases }) => cases), ...labels.cases],
    problems: [
      ...read.flatMap(({ problems }) => problems),
      ...(labels.withoutLog === 0 ? [] : [`${labels.withoutLog} corrections are left out: their logs are gone`]),
    ],
  }
}

interface Done {
  readonly candidate: Candidate
  readonly version: string | undefined
  readonly file: string | undefined
  readonly promoted: boolean
}

async function keep(candidate: Candidate, { promote, out }: TrainOptions, store: Store | undefined): Promise<Done> {
  const file = out === undefined ? undefined : await writeModel(candidate, out)
  if (store === undefined) return { candidate, version: undefined, file, promoted: false }
  const models = createModels({ store, clock: systemClock })
  const by = userInfo().username
  const version = await models.keep(candidate, by)
  const promoted = promote && candidate.refusal === undefined
  if (promoted) await models.use(version, by)
  return { candidate, version, file, promoted }
}

async function writeModel({ kind, record, held, weights }: Candidate, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${kind}.json`)
  const trainedAt = systemClock.now().toISOString()
  await writeFile(file, `${JSON.stringify({ trainedAt, record, held, weights })}\n`)
  return file
}

function forPrograms({ candidate, version, file, promoted }: Done) {
  const { kind, record, comparison, refusal } = candidate
  return { kind, version: version ?? null, file: file ?? null, promoted, refusal: refusal ?? null, comparison, record }
}

function forPeople({ candidate, version, file, promoted }: Done): readonly string[] {
  const { kind, record, refusal, sentence } = candidate
  const outcome = promoted
    ? `in use from now on: ${sentence}`
    : refusal === undefined
      ? `not in use: ${sentence}${version === undefined ? '' : `; "mendline models use ${version}" puts it to use`}`
      : `must not be put to use: ${refusal}`
  return [
    `${kind}${version === undefined ? '' : `: ${version}`}`,
    ...sayRecord(record),
    ...(file === undefined ? [] : [`  written to ${file}`]),
    `  ${outcome}`,
    '',
  ]
}
