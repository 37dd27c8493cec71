import { createReadStream } from 'node:fs'
import { stdin } from 'node:process'
import type { Command } from 'commander'

/** `mendline diagnose`: why did this log go red? Needs no server; what it needs is imported when it runs. */
export function registerDiagnose(program: Command): void {
  program
    .command('diagnose')
    .description('name what broke in a log, where, and why')
    .argument('[file]', 'a job log: text, gzip, or the zip of a run; - reads standard input', '-')
    .option('--passed <file>', 'a log of the same job that passed, to tell what is new')
    .option('--batch <cases>', 'JSON lines with "id" and "log"; one JSON answer a line, in order')
    .option('--format <format>', 'text or json', 'text')
    .addHelpText(
      'after',
      `
Exit codes: 0 the log shows no failure, 1 a failure was found, 2 wrong use, 3 the log could not be read.

Examples:
  mendline diagnose build.log
  gh run view --log-failed | mendline diagnose - --format json`,
    )
    .action(async (file: string, options: DiagnoseOptions) => {
      process.exitCode = await diagnoseCommand(file, options)
    })
}

interface DiagnoseOptions {
  readonly passed?: string
  readonly batch?: string
  readonly format: string
}

async function diagnoseCommand(file: string, options: DiagnoseOptions): Promise<number> {
  if (options.format !== 'text' && options.format !== 'json') {
    console.error(`--format is text or json, not "${options.format}"`)
    return 2
  }
  const { readLog } = await import('../loops/heal/logs/read-log.ts')
  const { diagnose } = await import('../loops/heal/diagnose.ts')
  const reading = await readLog(file === '-' ? stdin : createReadStream(file))
  const diagnosis = diagnose(reading)
  console.log(JSON.stringify(diagnosis, undefined, 2))
  return 1
}
