import { access } from 'node:fs/promises'
import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { Invalid } from '../base/errors.ts'
import { StopView } from '../contract/views.ts'
import { answer, checkFormat } from './answer.ts'
import { connect, dataFolder } from './client.ts'

interface StopOptions {
  readonly data?: string
  readonly why: string
  readonly format: string
}

/** `mendline stop`: nothing acts any more. The file first: it works with everything else down. */
export function registerStop(program: Command): void {
  program
    .command('stop')
    .description('stop every effect at once; watching, diagnosing and telling go on')
    .requiredOption('--why <reason>', 'one sentence; it is kept and shown')
    .option('--data <dir>', 'data folder of the installation (default: ./.mendline, or MENDLINE_DATA)')
    .option('--format <format>', 'text or json', 'text')
    .addHelpText(
      'after',
      `
Works when nothing else does: it writes the file "stop" into the data folder, which is looked at before every effect.
When the installation runs, its other machines are told too.

Exit codes: 0 stopped everywhere, 1 stopped here but other machines could not be told, 2 wrong use, 3 not stopped.

Example:
  mendline stop --why "the registry is being restored"`,
    )
    .action(async (options: StopOptions) => {
      checkFormat(options)
      const dataDir = dataFolder(options)
      await requireFolder(dataDir)
      const { stopFilePath, writeStopFile } = await import('../commons/permits/stop.ts')
      await writeStopFile(dataDir, { by: userInfo().username, why: options.why, since: new Date() })
      const problem = await tellInstallation(dataDir, options.why)
      const lines = [`Stopped: ${stopFilePath(dataDir)} is written; nothing acts until "mendline resume".`]
      if (problem !== undefined) lines.push(`Other machines could not be told: ${problem}`)
      answer(options, { stopped: true, everywhere: problem === undefined, problem: problem ?? null }, lines)
      process.exitCode = problem === undefined ? 0 : 1
    })
}

async function requireFolder(dataDir: string): Promise<void> {
  try {
    await access(dataDir)
  } catch (cause) {
    throw new Invalid(`there is no data folder ${dataDir}: name it with --data DIR or MENDLINE_DATA`, { cause })
  }
}

async function tellInstallation(dataDir: string, why: string): Promise<string | undefined> {
  try {
    const view = await (await connect(dataDir)).post('/v1/stop', { why }, StopView)
    return view.stopped ? undefined : 'it says that it is not stopped'
  } catch (error) {
    return (error as Error).message
  }
}
