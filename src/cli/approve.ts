import type { Command } from 'commander'
import { PermitView } from '../contract/views.ts'
import { answer, checkFormat } from './answer.ts'
import { connect, dataFolder } from './client.ts'

interface ApproveOptions {
  readonly data?: string
  readonly format: string
}

/** `mendline approve`: a person's yes to what a permit waits for. */
export function registerApprove(program: Command): void {
  program
    .command('approve')
    .description('say yes to an effect that waits for a person')
    .argument('<permit>', 'id of the permit; "mendline up" and the dashboard show it')
    .option('--data <dir>', 'data folder of the installation (default: ./.mendline, or MENDLINE_DATA)')
    .option('--format <format>', 'text or json', 'text')
    .addHelpText(
      'after',
      `
The permit holds for exactly the state it was asked for. If that changed meanwhile it becomes void, and nothing happens.

Exit codes: 0 granted, 1 void, expired or no longer waiting, 2 wrong use, 3 the installation cannot be reached.

Example:
  mendline approve 0198c1de-6d3c-7000-8d1f-3f2b5a1c9e77`,
    )
    .action(async (id: string, options: ApproveOptions) => {
      checkFormat(options)
      const client = await connect(dataFolder(options))
      const permit = await client.post(`/v1/permits/${encodeURIComponent(id)}/approve`, {}, PermitView)
      answer(options, permit, sayPermit(permit))
      process.exitCode = permit.state === 'granted' || permit.state === 'used' ? 0 : 1
    })
}

/** A permit in a few lines: what became of it, for what, and why. */
export function sayPermit(permit: PermitView): readonly string[] {
  const { repository, pipeline, runId, jobs } = permit.bound
  return [
    `${permit.state}: ${permit.remedy} of ${jobs.join(', ') || 'no job'} in ${repository}, ${pipeline}, run ${runId}`,
    ...permit.reasons.map((reason) => `  ${reason.sentence}`),
  ]
}
