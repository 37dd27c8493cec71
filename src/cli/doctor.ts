import type { Command } from 'commander'
import { answer, checkFormat } from './answer.ts'
import { dataFolder } from './client.ts'

interface DoctorOptions {
  readonly data?: string
  readonly format: string
}

/** `mendline doctor`: is everything here that Mendline needs, and if not, what is to be done? */
export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check what Mendline needs on this machine, and say what to do')
    .option('--data <dir>', 'data folder of the installation (default: ./.mendline, or MENDLINE_DATA)')
    .option('--format <format>', 'text or json', 'text')
    .addHelpText(
      'after',
      `
Exit codes: 0 all is well, 1 something is to be done, 2 wrong use, 3 it could not be checked.

Example:
  mendline doctor --data /var/lib/mendline`,
    )
    .action(async (options: DoctorOptions) => {
      checkFormat(options)
      const { examine } = await import('./doctor/examine.ts')
      const findings = await examine(dataFolder(options), process.env)
      const lines = findings.map(
        ({ ok, what, found, todo }) => `${ok ? 'ok  ' : 'FAIL'} ${what}: ${found}${ok ? '' : `. ${todo}`}`,
      )
      answer(options, { findings }, lines)
      process.exitCode = findings.every(({ ok }) => ok) ? 0 : 1
    })
}
