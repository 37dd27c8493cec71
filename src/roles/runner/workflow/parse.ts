import { FeatureFlags } from '@actions/expressions/features'
import { type CallRules, findCallBreaks } from './called.ts'
import { defineWorkflow } from './define.ts'
import { child, entriesOf, githubLimits, type Located, measure, readYaml, type YamlLimits } from './located.ts'
import {
  convertConcurrency,
  convertJobs,
  convertOn,
  getWorkflowSchema,
  NoOperationTraceWriter,
  readTemplate,
  TemplateContext,
  TemplateValidationErrors,
} from './official-parser.ts'
import { findRuleBreaks } from './rules.ts'
import { findUnsupported } from './unsupported.ts'
import type { Problem, Workflow } from './workflow.ts'

export interface ParsedWorkflow {
  /** Absent when any problem is an error. */
  readonly workflow?: Workflow | undefined
  readonly problems: readonly Problem[]
}

export interface ParseOptions {
  readonly limits?: Partial<YamlLimits> | undefined
  /** Labels of `runs-on`, beyond the usual ones, that this host answers to. */
  readonly labels?: readonly string[] | undefined
  /** With them, calls of reusable workflows are checked as well. */
  readonly calls?: CallRules | undefined
}

/**
 * Read a workflow file: GitHub's own reader checks it against GitHub's schema, our rules add what that reader lets
 * pass, and what is valid but not honoured here is listed. Never throws.
 */
export function parseWorkflow(text: string, path: string, options: ParseOptions = {}): ParsedWorkflow {
  const limits = { ...githubLimits, ...options.limits }
  const { root, problems } = readYaml(text, limits)
  if (!root) return { problems }
  if (measure(root) > limits.bytes)
    return { problems: [{ severity: 'error', line: 1, column: 1, sentence: 'Maximum object size exceeded' }] }
  const called = options.calls ? findCallBreaks(root, { bytes: limits.bytes, ...options.calls }) : []
  const errors = inOrder([...readOfficially(text, path, root), ...findRuleBreaks(root), ...called])
  if (errors.length > 0) return { problems: errors }
  return { workflow: defineWorkflow(root, path), problems: inOrder(findUnsupported(root, options.labels)) }
}

/** GitHub's reader. Called after our own has bounded size, depth and aliases, which this one does not. */
function readOfficially(text: string, path: string, root: Located): Problem[] {
  const context = new TemplateContext(new TemplateValidationErrors(), getWorkflowSchema(), new NoOperationTraceWriter())
  context.state.featureFlags = new FeatureFlags({ allowCaseFunction: true, allowBackgroundSteps: true })
  const { value } = readTemplate({ name: path, content: text }, context)
  if (value && context.errors.count === 0) {
    for (const { key, value: part } of value.assertMapping('root')) {
      const name = key.assertString('root key').value
      if (name === 'on') convertOn(context, part)
      if (name === 'jobs') convertJobs(context, part)
      if (name === 'concurrency') convertConcurrency(context, part)
    }
  }
  const problems = context.errors.getErrors().map(
    ({ rawMessage, range }): Problem => ({
      severity: 'error',
      line: range?.start.line ?? 1,
      column: range?.start.column ?? 1,
      sentence: rawMessage,
    }),
  )
  const empty = emptyInputs(root)
  return problems.filter(({ sentence, line }) => sentence !== "Unexpected value ''" || !empty.has(line))
}

/** Lines of `workflow_dispatch` inputs that are left empty: GitHub takes them, its published reader does not. */
function emptyInputs(root: Located): ReadonlySet<number> {
  const dispatch = entriesOf(child(child(root, 'on'), 'workflow_dispatch'))
  const inputs = dispatch.filter((entry) => entry.key === 'inputs')
  const all = [...inputs, ...inputs.flatMap((entry) => entriesOf(entry.value))]
  return new Set(all.filter(({ value }) => value.kind === 'scalar' && value.value === null).map(({ line }) => line))
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column)
}
