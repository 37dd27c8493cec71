import path from 'node:path'
import { Invalid } from '../../../base/errors.ts'
import { type BuiltinName, readActionReference } from '../workflow/builtin-actions.ts'
import { resolve } from '../workflow/expressions.ts'
import type { StepDefinition } from '../workflow/workflow.ts'
import { type ActionDefinition, readActionFile } from './actions/action-file.ts'
import { downloadArtifact, uploadArtifact } from './actions/artifacts.ts'
import { restoreCache, saveCache, useCache } from './actions/cache.ts'
import { checkout } from './actions/checkout.ts'
import { type RunNested, runComposite } from './actions/composite.ts'
import { type ActionInputs, createInputs } from './actions/inputs.ts'
import { runJavaScript } from './actions/javascript.ts'
import { setupNode } from './actions/setup-node.ts'
import type { JobState, StepRun, Verdict } from './job-state.ts'
import { describeEnv } from './script-step.ts'

type ActionStep = Extract<StepDefinition, { readonly uses: string }>
type Builtin = (job: JobState, step: StepRun, inputs: ActionInputs) => Promise<Verdict>

const builtins: Record<BuiltinName, Builtin> = {
  'actions/checkout': checkout,
  'actions/upload-artifact': uploadArtifact,
  'actions/download-artifact': downloadArtifact,
  'actions/setup-node': setupNode,
  'actions/cache': useCache,
  'actions/cache/restore': restoreCache,
  'actions/cache/save': saveCache,
}

/** A `uses` step: one of our own, or an action of this repository. Throws `Invalid` for what is not available. */
export function runAction(
  job: JobState,
  step: StepRun,
  definition: ActionStep,
  runNested: RunNested,
): Promise<Verdict> {
  const reference = readActionReference(definition.uses)
  const given = Object.fromEntries(
    Object.entries(definition.with).map(([name, value]) => [name, asText(resolve(value, step.scope))]),
  )
  switch (reference.kind) {
    case 'builtin':
      announce(job, step, definition, given)
      return builtins[reference.action.name](job, step, createInputs(given))
    case 'local':
      return runLocal(job, step, definition, { relative: reference.path, given, runNested })
    case 'docker':
      throw new Invalid(`'${definition.uses}' needs a container engine, which this runner does not have`)
    case 'remote':
      throw new Invalid(
        `the action '${definition.uses}' is not available on this runner: it runs actions of the repository itself and ${Object.keys(builtins).join(', ')}`,
      )
    case 'malformed':
      throw new Invalid(`'${definition.uses}' names no action: write {owner}/{repository}@{ref} or ./path`)
    default:
      return reference satisfies never
  }
}

/** An action in the workspace. Its file is read now: an earlier step may have made it. */
function runLocal(
  job: JobState,
  step: StepRun,
  definition: ActionStep,
  local: {
    readonly relative: string
    readonly given: Readonly<Record<string, string>>
    readonly runNested: RunNested
  },
): Promise<Verdict> {
  const { relative, given, runNested } = local
  const folder = path.resolve(job.request.folders.workspace, relative)
  const action = readActionFile(folder, definition.uses)
  const inputs = withDefaults(job, step, action, given)
  announce(job, step, definition, Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== '')))
  const { runs } = action
  if (runs.kind === 'composite')
    return runComposite(job, step, { folder, action, steps: runs.steps, inputs, runNested })
  if (runs.kind === 'node') return runJavaScript(job, step, { folder, action, runs, inputs })
  throw new Invalid(`'${definition.uses}' runs in a container, which this runner does not have`)
}

function withDefaults(
  job: JobState,
  step: StepRun,
  action: ActionDefinition,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const inputs: Record<string, string> = {}
  for (const name of Object.keys(given))
    if (!Object.hasOwn(action.inputs, name.toLowerCase()))
      job.log.line(
        `##[warning]Unexpected input '${name}', valid inputs are ${Object.keys(action.inputs).join(', ') || 'none'}`,
      )
  for (const [name, { initial }] of Object.entries(action.inputs))
    inputs[name] = initial === undefined ? '' : asText(resolve(initial, step.scope))
  for (const [name, value] of Object.entries(given)) inputs[name.toLowerCase()] = value
  return inputs
}

function announce(
  job: JobState,
  step: StepRun,
  definition: ActionStep,
  inputs: Readonly<Record<string, string>>,
): void {
  const lines = Object.entries(inputs).map(([name, value]) => `  ${name}: ${value}`)
  job.log.group(`Run ${definition.uses}`, [
    ...(lines.length > 0 ? ['with:', ...lines] : []),
    ...describeEnv({ ...job.env, ...step.env }),
  ])
}

function asText(value: unknown): string {
  return value === null || value === undefined ? '' : String(value)
}
