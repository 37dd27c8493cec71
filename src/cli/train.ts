import type { Command } from 'commander'
import { Invalid } from '../base/errors.ts'
import { type ModelKind, modelKinds } from '../contract/learning.ts'
import { checkFormat } from './answer.ts'

export interface TrainOptions {
  readonly cases: readonly string[]
  readonly kind: 'all' | ModelKind
  readonly promote: boolean
  readonly onTop: boolean
  readonly out?: string
  readonly data?: string
  readonly format: string
}

/** `mendline train`: learn from labelled logs and from the corrections of people. */
export function registerTrain(program: Command): void {
  program
    .command('train')
    .description('learn from labelled logs and from corrections made in the dashboard')
    .option('--cases <file>', 'JSON lines of labelled logs; may be given more than once', collect, [])
    .option('--kind <kind>', `what to train: ${modelKinds.join(', ')} or all`, 'all')
    .option('--on-top', 'start from the model in use; so it is too when only corrections are learnt from', false)
    .option('--promote', 'put the new model to use, if it is not worse than the one in use', false)
    .option('--out <dir>', 'write the models as files too')
    .option('--data <dir>', 'data folder of the installation (default: ./.mendline, or MENDLINE_DATA)')
    .option('--format <format>', 'text or json', 'text')
    .addHelpText(
      'after',
      `
A labelled log is a line {"project", "log", "cause" or "category", "id"?, "also"?, "group"?, "spans"?: [{"start", "end"}],
"passed"?, "at"?}. Cases are split by project, and by time where they have one: no figure is of a project that was learnt
from. A version is kept with what it was trained on; "mendline models use" goes back to any of them.

Exit codes: 0 trained (and put to use with --promote), 1 worse than the model in use and not put to use, 2 wrong use,
3 there is nothing to learn from, or nowhere to keep it.

Examples:
  mendline train --promote
  mendline train --cases labelled.jsonl --kind causes --out weights`,
    )
    .action(async (options: TrainOptions) => {
      checkFormat(options)
      if (options.kind !== 'all' && !modelKinds.includes(options.kind))
        throw new Invalid(`--kind is ${modelKinds.join(', ')} or all, not "${options.kind}"`)
      const { train } = await import('./training/train-here.ts')
      process.exitCode = await train(options)
    })
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}
