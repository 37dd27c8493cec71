import { child, entriesOf, itemsOf, type Located, plain, textOf, textsOf } from './located.ts'
import type {
  EventFilter,
  InputDefinition,
  JobDefinition,
  RunDefaults,
  StepDefinition,
  Template,
  Triggers,
  Workflow,
} from './workflow.ts'

/** The workflow that a checked file describes. What is malformed was reported before and is left out here. */
export function defineWorkflow(root: Located, path: string): Workflow {
  return {
    path,
    name: textOf(child(root, 'name')) || path,
    runName: textOf(child(root, 'run-name')),
    on: defineTriggers(child(root, 'on')),
    env: template(child(root, 'env')) ?? {},
    defaults: defineDefaults(child(root, 'defaults')),
    jobs: entriesOf(child(root, 'jobs')).map(({ key, value, line }) => defineJob(key, value, line)),
  }
}

function defineTriggers(on: Located | undefined): Triggers {
  if (on?.kind !== 'map') return Object.fromEntries(textsOf(on).map((event) => [event, {}]))
  return Object.fromEntries(on.entries.map(({ key, value }) => [key, defineFilter(value)]))
}

function defineFilter(node: Located): EventFilter {
  const list = (key: string) => {
    const found = child(node, key)
    return found && textsOf(found)
  }
  const inputs = child(node, 'inputs')
  return {
    branches: list('branches'),
    branchesIgnore: list('branches-ignore'),
    tags: list('tags'),
    tagsIgnore: list('tags-ignore'),
    paths: list('paths'),
    pathsIgnore: list('paths-ignore'),
    types: list('types'),
    inputs: inputs && Object.fromEntries(entriesOf(inputs).map(({ key, value }) => [key, defineInput(value)])),
  }
}

const inputTypes = ['string', 'boolean', 'number', 'choice', 'environment'] as const

function defineInput(node: Located): InputDefinition {
  const type = textOf(child(node, 'type'))
  const initial = child(node, 'default')
  const options = child(node, 'options')
  return {
    type: inputTypes.find((known) => known === type) ?? 'string',
    required: textOf(child(node, 'required')) === 'true',
    default: initial?.kind === 'scalar' ? (initial.value ?? undefined) : undefined,
    options: options && textsOf(options),
  }
}

function defineJob(key: string, node: Located, line: number): JobDefinition {
  const strategy = child(node, 'strategy')
  return {
    key,
    name: textOf(child(node, 'name')) || undefined,
    needs: textsOf(child(node, 'needs')),
    if: template(child(node, 'if')),
    runsOn: template(child(node, 'runs-on')) ?? null,
    env: template(child(node, 'env')) ?? {},
    defaults: defineDefaults(child(node, 'defaults')),
    strategy: strategy && {
      matrix: template(child(strategy, 'matrix')),
      failFast: template(child(strategy, 'fail-fast')),
      maxParallel: template(child(strategy, 'max-parallel')),
    },
    outputs: templates(child(node, 'outputs')),
    continueOnError: template(child(node, 'continue-on-error')),
    timeoutMinutes: template(child(node, 'timeout-minutes')),
    steps: defineSteps(child(node, 'steps')),
    uses: textOf(child(node, 'uses')),
    container: child(node, 'container') === undefined ? undefined : true,
    line,
  }
}

export function defineSteps(node: Located | undefined): StepDefinition[] {
  return itemsOf(node).flatMap((item) => defineStep(item) ?? [])
}

function defineStep(node: Located): StepDefinition | undefined {
  const common = {
    id: textOf(child(node, 'id')),
    name: textOf(child(node, 'name')),
    if: template(child(node, 'if')),
    env: template(child(node, 'env')) ?? {},
    continueOnError: template(child(node, 'continue-on-error')),
    timeoutMinutes: template(child(node, 'timeout-minutes')),
    line: node.line,
  }
  const uses = textOf(child(node, 'uses'))
  if (uses !== undefined) return { ...common, uses, with: templates(child(node, 'with')) }
  const run = textOf(child(node, 'run'))
  if (run === undefined) return undefined
  return {
    ...common,
    run,
    shell: textOf(child(node, 'shell')),
    workingDirectory: textOf(child(node, 'working-directory')),
  }
}

function defineDefaults(node: Located | undefined): RunDefaults {
  const run = child(node, 'run')
  return { shell: textOf(child(run, 'shell')), workingDirectory: textOf(child(run, 'working-directory')) }
}

function template(node: Located | undefined): Template | undefined {
  return node && plain(node)
}

function templates(node: Located | undefined): Readonly<Record<string, Template>> {
  return Object.fromEntries(entriesOf(node).map(({ key, value }) => [key, plain(value)]))
}
