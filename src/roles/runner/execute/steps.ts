import { Invalid } from '../../../base/errors.ts'
import type { Conclusion } from '../../../model/run.ts'
import { evaluateCondition, interpolate, isTruthy, resolve, type Scope } from '../workflow/expressions.ts'
import type { StepDefinition } from '../workflow/workflow.ts'
import { runAction } from './action.ts'
import type { Environment } from './environment.ts'
import { type Frame, type JobState, type StepResult, type StepRun, stopOf, type Verdict } from './job-state.ts'
import { cancelled, fail } from './launch.ts'
import { scopeOf } from './scope.ts'
import { firstLine, runScript } from './script-step.ts'
import { armStep } from './step-signal.ts'

/** What a step of the job is told about its start and end; nested steps of composite actions tell nobody. */
export interface StepReport {
  started(name: string): void
  ended(conclusion: Conclusion): void
}

/**
 * Run one step: its condition, its time limit, its body, and what remains of it. Answers its conclusion, in which
 * `continue-on-error` is already counted.
 */
export async function runStep(
  job: JobState,
  frame: Frame,
  definition: StepDefinition,
  number: number,
  enclosing: AbortSignal,
  report?: StepReport,
): Promise<StepResult> {
  const id = definition.id ?? ''
  const prepared = prepare(job, frame, definition)
  const name = prepared.name
  const settle = (outcome: StepResult, conclusion: StepResult, outputs: Readonly<Record<string, string>> = {}) => {
    if (id !== '') frame.steps[id] = { outputs, outcome, conclusion }
    return conclusion
  }
  if (prepared.kind === 'skip') {
    report?.started(name)
    report?.ended('skipped')
    return settle('skipped', 'skipped')
  }
  report?.started(name)
  if (prepared.kind === 'broken') {
    fail(job, prepared.because)
    report?.ended('failure')
    return settle('failure', 'failure')
  }
  const armed = armStep({
    enclosing,
    name,
    timeoutMs: prepared.timeoutMs,
    stillWanted: () => conditionHolds(definition, { ...prepared.scope, status: statusOf(job, frame, true) }),
  })
  const step: StepRun = {
    number,
    id: id || `__${definition.uses ?? 'run'}`,
    name,
    frame,
    env: prepared.env,
    scope: prepared.scope,
    outputs: {},
    state: {},
    signal: armed.signal,
  }
  const verdict = await perform(job, step, definition)
  armed.disarm()
  const excused = verdict.outcome === 'failure' && isExcused(job, definition, step)
  const conclusion = excused ? 'success' : verdict.outcome
  const timedOut = stopOf(step.signal)?.kind === 'step-timeout'
  report?.ended(conclusion === 'failure' && timedOut ? 'timed_out' : conclusion)
  return settle(verdict.outcome, conclusion, step.outputs)
}

async function perform(job: JobState, step: StepRun, definition: StepDefinition): Promise<Verdict> {
  try {
    if (definition.run !== undefined) return await runScript(job, step, definition)
    return await runAction(job, step, definition, (frame, nested) =>
      runStep(job, frame, nested, step.number, step.signal),
    )
  } catch (error) {
    if (step.signal.aborted) return cancelled(job, step)
    if (error instanceof Invalid) return fail(job, error.message)
    // A step must not take the runner with it, whatever went wrong inside.
    return fail(
      job,
      `The runner could not perform this step: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

type Prepared =
  | { readonly kind: 'skip'; readonly name: string }
  | { readonly kind: 'broken'; readonly name: string; readonly because: string }
  | {
      readonly kind: 'run'
      readonly name: string
      readonly env: Environment
      readonly scope: Scope
      readonly timeoutMs: number | undefined
    }

function prepare(job: JobState, frame: Frame, definition: StepDefinition): Prepared {
  let name = definition.name ?? defaultName(definition)
  try {
    const outer = { ...scopeOf(job, frame, frame.env), status: statusOf(job, frame, job.stop.aborted) }
    const env = { ...frame.env, ...resolveEnv(definition, outer) }
    const scope = { ...scopeOf(job, frame, env), status: outer.status }
    if (!conditionHolds(definition, scope)) return { kind: 'skip', name: nameQuietly(name, scope) }
    name = interpolate(name, scope) || name
    const minutes = definition.timeoutMinutes === undefined ? undefined : resolve(definition.timeoutMinutes, scope)
    return { kind: 'run', name: firstLine(name), env, scope, timeoutMs: readMinutes(minutes) }
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    return { kind: 'broken', name, because: error.message }
  }
}

/** A step that is skipped keeps its expressions as text when they have no value. */
function nameQuietly(name: string, scope: Scope): string {
  try {
    return firstLine(interpolate(name, scope)) || name
  } catch {
    return name
  }
}

function conditionHolds(definition: StepDefinition, scope: Scope): boolean {
  const { secrets: _hidden, ...contexts } = scope.contexts
  return evaluateCondition(definition.if, { ...scope, contexts, status: scope.status })
}

export function statusOf(job: JobState, frame: Frame, isCancelled: boolean): NonNullable<Scope['status']> {
  const gone = () => isCancelled || job.status === 'cancelled'
  const failed = () => (frame.status ? frame.status.failed : job.status === 'failure')
  return {
    success: () => !gone() && !failed(),
    failure: () => !gone() && failed(),
    cancelled: gone,
  }
}

function resolveEnv(definition: StepDefinition, scope: Scope): Environment {
  return asEnvironment(resolve(definition.env, scope))
}

export function asEnvironment(value: unknown): Environment {
  if (typeof value !== 'object' || value === null) return {}
  const text = (item: unknown) => (item === null || item === undefined ? '' : String(item))
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, text(item)]))
}

export function readMinutes(value: unknown): number | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const minutes = Number(value)
  if (!Number.isFinite(minutes) || minutes <= 0)
    throw new Invalid(`timeout-minutes must be a number above 0, not ${JSON.stringify(value)}`)
  return minutes * 60_000
}

function isExcused(job: JobState, definition: StepDefinition, step: StepRun): boolean {
  if (definition.continueOnError === undefined) return false
  try {
    return isTruthy(resolve(definition.continueOnError, step.scope))
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    fail(job, error.message)
    return false
  }
}

function defaultName(definition: StepDefinition): string {
  return `Run ${definition.run === undefined ? definition.uses : firstLine(definition.run)}`
}
