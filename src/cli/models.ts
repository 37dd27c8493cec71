import type { Command } from 'commander'
import { Unavailable } from '../base/errors.ts'
import type { ModelList } from '../contract/learning.ts'
import { answer, checkFormat } from './answer.ts'
import { dataFolder } from './client.ts'

interface ModelsOptions {
  readonly data?: string
  readonly format: string
}

/** `mendline models`: which versions there are, and the way back to any of them. */
export function registerModels(program: Command): void {
  const models = program
    .command('models')
    .description('the trained models, which one diagnoses, and how to go back')
    .option('--data <dir>', 'data folder of the installation (default: ./.mendline, or MENDLINE_DATA)')
    .option('--format <format>', 'text or json', 'text')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 there is no such version, 2 wrong use, 3 the installation cannot be reached.

Examples:
  mendline models
  mendline models use shipped-causes`,
    )
    .action(async (options: ModelsOptions) => {
      checkFormat(options)
      const list = await withModels(options, async (each) => await each.list())
      answer(options, list, list.models.map(sayModel))
    })
  models
    .command('use')
    .description('diagnose with this version from now on; it goes back as well as forward')
    .argument('<version>', 'as "mendline models" lists it')
    .action(async (version: string, _own: unknown, command: Command) => {
      const options = command.optsWithGlobals<ModelsOptions>()
      checkFormat(options)
      const { userInfo } = await import('node:os')
      const list = await withModels(options, async (each) => await each.use(version, userInfo().username))
      answer(options, list, [`${version} diagnoses from now on.`])
    })
}

type Models = ReturnType<typeof import('../loops/heal/models/versions.ts')['createModels']>

async function withModels(options: ModelsOptions, act: (models: Models) => Promise<ModelList>): Promise<ModelList> {
  const { reachStore } = await import('./store.ts')
  const { systemClock } = await import('../base/clock.ts')
  const { createModels } = await import('../loops/heal/models/versions.ts')
  const dataDir = dataFolder(options)
  const reached = await reachStore(dataDir)
  if (reached === undefined)
    throw new Unavailable(
      `there is no installation in ${dataDir}: start one with "mendline up", or set DATABASE_URL or --data DIR`,
    )
  try {
    return await act(createModels({ store: reached.store, clock: systemClock }))
  } finally {
    await reached.close()
  }
}

function sayModel({ version, inUse, record, trainedBy, trainedAt }: ModelList['models'][number]): string {
  const cases = record.trainedOn.reduce((sum, each) => sum + each.cases, 0)
  const figures = record.figures.slice(0, 3).map(({ name, value }) => `${name} ${value.toFixed(3)}`)
  const when = trainedAt === null ? '' : ` ${trainedAt.slice(0, 10)}`
  return `${inUse ? '*' : ' '} ${version}  ${cases} cases, ${figures.join(', ')}, by ${trainedBy}${when}`
}
