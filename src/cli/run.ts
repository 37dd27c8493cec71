import type { Command } from 'commander'
import type { RunOptions } from './run/options.ts'

/** `mendline run`: the workflows of this folder, run here, without any server. */
export function registerRun(program: Command): void {
  const repeated = (value: string, before: readonly string[] = []) => [...before, value]
  program
    .command('run')
    .description("run this folder's workflows here, in real processes, without a server or a container")
    .argument('[file]', 'a workflow file; by default those of .github/workflows that hear the event')
    .option('--job <id>', 'only this job and what it needs')
    .option('--event <name>', 'push or workflow_dispatch', 'push')
    .option('--input <name=value>', 'an input of workflow_dispatch; may be repeated', repeated)
    .option('--secret <name=value>', 'a secret; the name alone takes its value from the environment', repeated)
    .option('--secret-file <file>', 'secrets, one NAME=value a line')
    .option('--env <name=value>', 'a variable for every step; may be repeated', repeated)
    .option('--matrix <key:value>', 'only cells with this value; may be repeated', repeated)
    .option(
      '--label <name>',
      'a label of runs-on that this machine answers to, beyond ubuntu-*; may be repeated',
      repeated,
    )
    .option('--memory <size>', 'limit for all processes of a job together, such as 512MiB')
    .option('--timeout <time>', 'limit for each job, such as 10m')
    .option('--concurrency <n>', 'jobs at once; by default as many as there are processors')
    .option('--in-place', 'work in this folder itself instead of a copy', false)
    .option('--list', 'show what would run, and run nothing', false)
    .option('--format <format>', 'text or json', 'text')
    .addHelpText(
      'after',
      `
The files are copied as they are, uncommitted changes included, so that a run never harms this folder.
Exit codes: 0 green, 1 red, 2 wrong use or a workflow that is not valid, 3 could not.

Examples:
  mendline run
  mendline run .github/workflows/release.yml --event workflow_dispatch --input version=1.2.0 --list
  mendline run --job test --matrix node:22 --memory 512MiB --timeout 10m`,
    )
    .action(async (file: string | undefined, options: RunOptions) => {
      const { runHere } = await import('./run/run-here.ts')
      process.exitCode = await runHere(file, options)
    })
}
