import { Invalid } from '../../../base/errors.ts'
import { interpolate, isTruthy, resolve, type Scope } from './expressions.ts'
import { isHostLabel, unknownLabelSentence } from './labels.ts'
import { type Combination, expandMatrix } from './matrix.ts'
import type { JobDefinition, Template } from './workflow.ts'

/** One combination of a job's matrix (or its only one): what is run. Plain data. */
export interface Cell {
  readonly job: string
  /** For people, as GitHub shows it: `test (22, ubuntu-latest)`. */
  readonly name: string
  readonly matrix: Readonly<Record<string, unknown>> | null
  readonly strategy: {
    readonly 'fail-fast': boolean
    readonly 'job-index': number
    readonly 'job-total': number
    readonly 'max-parallel': number
  }
  readonly continueOnError: boolean
  readonly labels: readonly string[]
  /** Set when no runner here has these labels: the cell is skipped, and this says why. */
  readonly unrunnable?: string | undefined
}

/** The cells of a job whose needs are done. The scope holds github, inputs, vars and needs. Throws `Invalid`. */
export function expandCells(job: JobDefinition, scope: Scope, extraLabels: readonly string[] = []): readonly Cell[] {
  const strategy = job.strategy
  const matrix = strategy?.matrix === undefined ? undefined : resolve(strategy.matrix, scope)
  const combinations: readonly (Combination | null)[] = matrix === undefined ? [null] : expandMatrix(matrix)
  const total = combinations.length
  const failFast = strategy?.failFast === undefined ? true : isTruthy(resolve(strategy.failFast, scope))
  const maxParallel = readMaxParallel(strategy?.maxParallel, scope) ?? total
  return combinations.map((combination, index) => {
    const place = { 'fail-fast': failFast, 'job-index': index, 'job-total': total, 'max-parallel': maxParallel }
    const inside = { ...scope, contexts: { ...scope.contexts, matrix: combination, strategy: place } }
    const labels = readLabels(job, inside)
    const unknown = labels.filter((label) => !isHostLabel(label, extraLabels))
    return {
      job: job.key,
      name: nameCell(job, combination, inside),
      matrix: combination,
      strategy: place,
      continueOnError: job.continueOnError !== undefined && isTruthy(resolve(job.continueOnError, inside)),
      labels,
      unrunnable: unknown.length > 0 ? unknownLabelSentence(unknown) : undefined,
    }
  })
}

function readMaxParallel(template: Template | undefined, scope: Scope): number | undefined {
  if (template === undefined) return undefined
  const value = Number(resolve(template, scope))
  if (!Number.isInteger(value) || value < 1) throw new Invalid(`max-parallel must be a positive number`)
  return value
}

function readLabels(job: JobDefinition, scope: Scope): readonly string[] {
  const runsOn = resolve(job.runsOn, scope)
  const wanted = isGroup(runsOn) ? runsOn.labels : runsOn
  const labels = (Array.isArray(wanted) ? wanted : [wanted]).filter((label) => label !== null && label !== undefined)
  return labels.map(String)
}

function isGroup(runsOn: Template): runsOn is { readonly labels?: Template } {
  return typeof runsOn === 'object' && runsOn !== null && !Array.isArray(runsOn)
}

/** A name with an expression is the author's own; else the values of the matrix follow it. */
function nameCell(job: JobDefinition, combination: Combination | null, scope: Scope): string {
  const given = job.name ?? job.key
  if (given.includes('${{')) return interpolate(given, scope) || job.key
  const values = combination === null ? [] : Object.values(combination).flatMap(scalarsIn)
  return values.length === 0 ? given : `${given} (${values.join(', ')})`
}

function scalarsIn(value: unknown): string[] {
  if (value === null || value === undefined) return []
  return typeof value === 'object' ? Object.values(value).flatMap(scalarsIn) : [String(value)]
}
