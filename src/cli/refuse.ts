import type { Command } from 'commander'
import { PermitView } from '../contract/views.ts'
import { answer, checkFormat } from './answer.ts'
import { sayPermit } from './approve.ts'
import { connect, dataFolder } from './client.ts'

interface RefuseOptions {
  readonly data?: string
  readonly why: string
  readonly format: string
}

/** `mendline refuse`: a person's no, with the reason that is kept with the permit. */
export function registerRefuse(program: Command): void {
  program
    .command('refuse')
    .description('say no to an effect that waits for a person')
    .argument('<permit>', 'id of the permit; "mendline up" and the dashboard show it')
    .requiredOption('--why <reason>', 'one sentence; it is kept and shown')
    .option('--data <dir>', 'data folder of the installation (default: ./.mendline, or MENDLINE_DATA)')
    .option('--format <format>', 'text or json', 'text')
    .addHelpText(
      'after',
      `
Exit codes: 0 refused, 1 it no longer waits or there is none, 2 wrong use, 3 the installation cannot be reached.

Example:
  mendline refuse 0198c1de-6d3c-7000-8d1f-3f2b5a1c9e77 --why "version 1.4.0 is out already"`,
    )
    .action(async (id: string, options: RefuseOptions) => {
      checkFormat(options)
      const client = await connect(dataFolder(options))
      const permit = await client.post(`/v1/permits/${encodeURIComponent(id)}/refuse`, { why: options.why }, PermitView)
      answer(options, permit, sayPermit(permit))
      process.exitCode = permit.state === 'refused' ? 0 : 1
    })
}
