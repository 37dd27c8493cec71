import { setFlagsFromString } from 'node:v8'
import type { Command } from 'commander'
import { Invalid } from '../base/errors.ts'

export interface DiagnoseOptions {
  readonly passed?: string
  readonly batch?: string
  readonly signatures?: string
  readonly report: readonly string[]
  readonly format: string
}

/** `mendline diagnose`: why did this log go red? Needs no server; what it needs it imports when it runs. */
export function registerDiagnose(program: Command): void {
  program
    .command('diagnose')
    .description('name what broke in a log, where, and why')
    .argument('[file]', 'log of a job: text, gzip, or the zip of a run; "-" reads standard input', '-')
    .option('--passed <file>', 'log of the same job when it passed: what stands in both did not break it')
    .option(
      '--batch <file>',
      'JSON lines {"id", "log", "passed"?, "examples"?}; one JSON answer a line, in their order',
    )
    .option('--signatures <file>', 'failures that you named yourself: docs/guides/write-a-signature.md')
    .option(
      '--report <file>',
      'what the job wrote beside its log: JUnit or SARIF; may be given again',
      (file: string, before: readonly string[]) => [...before, file],
      [] as readonly string[],
    )
    .option('--format <format>', 'text or json', 'text')
    .addHelpText(
      'after',
      `
The examples of a batch are earlier logs of the same repository in which people marked what broke:
{"log": "path", "start": 10, "end": 14} or {"log": "path", "spans": [{"start": 10, "end": 14}], "category"?: "code.test"}.
The JSON is described by docs/diagnosis.schema.json. A log of a batch that cannot be read is answered with "error".

Exit codes: 0 the log shows no failure (a batch: every log was read), 1 it shows one, 2 wrong use, 3 a log could not be
read.

Examples:
  mendline diagnose build.log
  gh run view 4711 --log | mendline diagnose - --format json`,
    )
    .action(async (file: string, options: DiagnoseOptions) => {
      if (options.format !== 'text' && options.format !== 'json')
        throw new Invalid(`--format is text or json, not "${options.format}"`)
      if (options.batch !== undefined && (file !== '-' || options.passed !== undefined || options.report.length > 0))
        throw new Invalid('--batch names its logs itself: leave out the file, --passed and --report')
      // Young objects get no more room than at the start: reading a log makes very many that live for a line, and the
      // runtime would take some 20 MB more for them to gain no time.
      setFlagsFromString('--semi-space-growth-factor=1')
      if (options.batch === undefined) {
        const { diagnoseFile } = await import('./diagnosis/one-file.ts')
        process.exitCode = await diagnoseFile(file, options)
      } else {
        const { diagnoseBatch } = await import('./diagnosis/batch.ts')
        process.exitCode = await diagnoseBatch(options.batch, options.signatures)
      }
    })
}
