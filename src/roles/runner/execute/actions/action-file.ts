import { existsSync } from 'node:fs'
import path from 'node:path'
import { Invalid } from '../../../../base/errors.ts'
import { defineSteps } from '../../workflow/define.ts'
import { child, entriesOf, type Located, plain, readYaml, textOf } from '../../workflow/located.ts'
import type { StepDefinition, Template } from '../../workflow/workflow.ts'
import { readJobFile } from '../read-file.ts'

export interface ActionDefinition {
  readonly name: string
  /** By lower-case name. */
  readonly inputs: Readonly<Record<string, { readonly initial?: Template | undefined }>>
  readonly outputs: Readonly<Record<string, Template>>
  readonly runs: ActionRuns
}

type ActionRuns =
  | { readonly kind: 'composite'; readonly steps: readonly StepDefinition[] }
  | NodeRuns
  | { readonly kind: 'docker' }

export interface NodeRuns {
  readonly kind: 'node'
  readonly using: string
  readonly main: string
  readonly pre?: string | undefined
  readonly post?: string | undefined
  readonly postIf: string
}

const largestFileBytes = 1024 * 1024

/** The `action.yml` of a folder. Throws `Invalid` when it is absent or wrong. */
export function readActionFile(folder: string, uses: string): ActionDefinition {
  const file = ['action.yml', 'action.yaml'].map((name) => path.join(folder, name)).find((one) => existsSync(one))
  if (!file)
    throw new Invalid(
      `Can't find 'action.yml' or 'action.yaml' under '${uses}'. Did you forget to run actions/checkout before running your local action?`,
    )
  const { root, problems } = readYaml(readJobFile(file, largestFileBytes) ?? '')
  const [problem] = problems
  if (!root || problem) throw new Invalid(`${uses}: ${path.basename(file)} line ${problem?.line}: ${problem?.sentence}`)
  return {
    name: textOf(child(root, 'name')) ?? uses,
    inputs: Object.fromEntries(
      entriesOf(child(root, 'inputs')).map(({ key, value }) => [
        key.toLowerCase(),
        { initial: optional(child(value, 'default')) },
      ]),
    ),
    outputs: Object.fromEntries(
      entriesOf(child(root, 'outputs')).map(({ key, value }) => [key, optional(child(value, 'value')) ?? '']),
    ),
    runs: readRuns(child(root, 'runs'), uses),
  }
}

function readRuns(runs: Located | undefined, uses: string): ActionRuns {
  const using = textOf(child(runs, 'using'))?.toLowerCase() ?? ''
  if (using === 'composite') return { kind: 'composite', steps: defineSteps(child(runs, 'steps')) }
  if (using === 'docker') return { kind: 'docker' }
  const main = textOf(child(runs, 'main'))
  if (!/^node\d{1,3}$/.test(using)) throw new Invalid(`${uses}: 'runs.using' is '${using}', which no runner knows`)
  if (main === undefined) throw new Invalid(`${uses}: 'runs.main' is missing`)
  return {
    kind: 'node',
    using,
    main,
    pre: textOf(child(runs, 'pre')),
    post: textOf(child(runs, 'post')),
    postIf: textOf(child(runs, 'post-if')) ?? 'always()',
  }
}

function optional(node: Located | undefined): Template | undefined {
  return node && plain(node)
}
