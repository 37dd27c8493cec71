import type { Command } from 'commander'
import { StopView } from '../contract/views.ts'
import { answer, checkFormat } from './answer.ts'
import { connect, dataFolder } from './client.ts'

interface ResumeOptions {
  readonly data?: string
  readonly format: string
}

/** `mendline resume`: effects may happen again. Only a running installation can say so for all machines. */
export function registerResume(program: Command): void {
  program
    .command('resume')
    .description('end a stop: effects may happen again')
    .option('--data <dir>', 'data folder of the installation (default: ./.mendline, or MENDLINE_DATA)')
    .option('--format <format>', 'text or json', 'text')
    .addHelpText(
      'after',
      `
Exit codes: 0 effects may happen again, 1 still stopped, 2 wrong use, 3 the installation cannot be reached.

Example:
  mendline resume`,
    )
    .action(async (options: ResumeOptions) => {
      checkFormat(options)
      const dataDir = dataFolder(options)
      const client = await connect(dataDir)
      // The database first; if that fails this machine stays stopped by its file.
      await client.post('/v1/resume', {}, StopView)
      const { removeStopFile } = await import('../commons/permits/stop.ts')
      await removeStopFile(dataDir)
      const view = await client.get('/v1/stop', StopView)
      const still = `Still stopped by ${view.by ?? 'someone'}: ${view.why ?? 'no reason was given'}`
      answer(options, view, [view.stopped ? still : 'Effects may happen again.'])
      process.exitCode = view.stopped ? 1 : 0
    })
}
