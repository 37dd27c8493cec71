import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { systemClock } from '../../../base/clock.ts'
import { Invalid } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { sayDuration, saySize } from '../../../base/quantity.ts'
import type { Conclusion } from '../../../model/run.ts'
import { evaluateCondition, interpolate, resolve } from '../workflow/expressions.ts'
import type { RunDefaults } from '../workflow/workflow.ts'
import { baseEnvironment, scratchOf } from './environment.ts'
import { type Frame, type JobState, type Stop, stopOf } from './job-state.ts'
import { createLog } from './log.ts'
import { createMasker } from './mask.ts'
import { createProcesses } from './processes.ts'
import type { JobIo, JobRequest, JobResult, StepUpdate } from './request.ts'
import { scopeOf } from './scope.ts'
import { asEnvironment, readMinutes, runStep, statusOf } from './steps.ts'

/** GitHub's limit for a job that names none. */
const defaultTimeoutMs = 6 * 3_600_000

/**
 * Run one cell of one job in real processes on this host. Never throws for what the job does; nothing that it started
 * is left when it answers.
 */
export async function executeJob(request: JobRequest, io: JobIo): Promise<JobResult> {
  const stopping = new AbortController()
  const cancel = () => stopping.abort(stopOf(io.signal))
  if (io.signal.aborted) cancel()
  else io.signal.addEventListener('abort', cancel)
  const steps = new Map<number, StepUpdate>()
  const job = createJobState(request, reporting(io, steps), stopping.signal)
  let timer: NodeJS.Timeout | undefined
  let outputs: Readonly<Record<string, string>> = {}
  try {
    const frame = setUp(job)
    if (frame) {
      timer = armJob(job, stopping)
      const last = await runAll(job, frame)
      outputs = readOutputs(job, frame)
      await complete(job, last + 1)
    }
  } finally {
    clearTimeout(timer)
    io.signal.removeEventListener('abort', cancel)
    await job.processes.end()
    rmSync(request.folders.temp, { recursive: true, force: true })
  }
  return {
    conclusion: concludeJob(job),
    outputs,
    steps: [...steps.values()],
    observed: { ...job.observed, peakMemoryBytes: job.processes.peakMemoryBytes() },
    summary: job.summary.join('\n'),
    annotations: job.annotations,
  }
}

function createJobState(request: JobRequest, io: JobIo, stop: AbortSignal): JobState {
  const masker = createMasker(Object.values(request.secrets))
  const log = createLog(masker, systemClock, (line) => io.log(line))
  const { folders, cell } = request
  const job: JobState = {
    request,
    io,
    clock: systemClock,
    log,
    masker,
    processes: createProcesses(`mendline-${newId()}`, {
      ...request.limits,
      clock: systemClock,
      stalled(stall) {
        const masked = {
          ...stall,
          lastLine: masker.mask(stall.lastLine),
          processes: stall.processes.map((process) => ({ ...process, command: masker.mask(process.command) })),
        }
        job.observed = { ...job.observed, stall: masked }
        io.stalled?.(masked)
      },
    }),
    stop,
    base: baseEnvironment(process.env),
    env: {},
    addedPath: [],
    github: {
      ...request.github,
      job: cell.job,
      workspace: folders.workspace,
      event_path: path.join(folders.temp, 'event.json'),
    },
    status: stop.aborted ? 'cancelled' : 'success',
    annotations: [],
    summary: [],
    posts: [],
    observed: { memoryLimitBytes: request.limits?.memoryLimitBytes },
  }
  return job
}

function reporting(io: JobIo, steps: Map<number, StepUpdate>): JobIo {
  return {
    ...io,
    log: (line) => io.log(line),
    stalled: (stall) => io.stalled?.(stall),
    signal: io.signal,
    step(update) {
      steps.set(update.number, update)
      io.step(update)
    },
  }
}

/** "Set up job": folders, event file, environment. Undefined when the job cannot even begin. */
function setUp(job: JobState): Frame | undefined {
  const { request, log } = job
  const report = reportStep(job, 1)
  report.started('Set up job')
  try {
    const { folders } = request
    rmSync(folders.temp, { recursive: true, force: true })
    for (const folder of [folders.workspace, scratchOf(folders)]) mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folders.temp, 'event.json'), JSON.stringify(request.github.event ?? {}))
    log.line(`Current runner: ${request.runnerName ?? 'mendline'} (${process.platform} ${process.arch}, on the host)`)
    const memory = request.limits?.memoryLimitBytes
    if (memory !== undefined) log.line(`Memory limit: ${saySize(memory)}`)
    if (request.job.container) throw new Invalid('This job asks for a container, which this runner does not have')
    const frame = openFrame(job)
    limitTime(job, frame)
    log.line(`Complete job name: ${request.cell.name}`)
    report.ended('success')
    return frame
  } catch (error) {
    log.error(error instanceof Error ? error.message : String(error))
    job.status = 'failure'
    report.ended('failure')
    return undefined
  }
}

function openFrame(job: JobState): Frame {
  const { request } = job
  const bare: Frame = {
    steps: {},
    inputs: request.inputs,
    defaults: {},
    env: {},
    secrets: request.secrets,
    depth: 0,
  }
  for (const env of [request.workflow.env, request.job.env])
    Object.assign(job.env, asEnvironment(resolve(env, scopeOf(job, bare, {}))))
  const scope = scopeOf(job, bare, {})
  const merged = mergeDefaults(request.workflow.defaults, request.job.defaults)
  const text = (value: string | undefined) => (value === undefined ? undefined : interpolate(value, scope))
  return { ...bare, defaults: { shell: text(merged.shell), workingDirectory: text(merged.workingDirectory) } }
}

function mergeDefaults(outer: RunDefaults, inner: RunDefaults): RunDefaults {
  return {
    shell: inner.shell ?? outer.shell,
    workingDirectory: inner.workingDirectory ?? outer.workingDirectory,
  }
}

/** The time limit of the job: its own, or the request's when that is shorter. */
function limitTime(job: JobState, frame: Frame): void {
  const { request } = job
  const minutes = request.job.timeoutMinutes
  const own = minutes === undefined ? undefined : readMinutes(resolve(minutes, scopeOf(job, frame, {})))
  const timeoutMs = Math.min(own ?? defaultTimeoutMs, request.limits?.timeoutMs ?? Number.POSITIVE_INFINITY)
  job.observed = { ...job.observed, timeoutMs }
}

function armJob(job: JobState, stopping: AbortController): NodeJS.Timeout {
  const timeoutMs = job.observed.timeoutMs ?? defaultTimeoutMs
  const sentence = `The job has exceeded the maximum execution time of ${sayDuration(timeoutMs)}.`
  const stop: Stop = { kind: 'job-timeout', sentence }
  return setTimeout(() => stopping.abort(stop), Math.min(timeoutMs, 2 ** 31 - 1))
}

/** All steps, then the post steps in reverse order. Answers the last number used. */
async function runAll(job: JobState, frame: Frame): Promise<number> {
  let number = 1
  for (const definition of job.request.job.steps) {
    number += 1
    const conclusion = await runStep(job, frame, definition, number, job.stop, reportStep(job, number))
    settle(job, conclusion)
  }
  for (const post of job.posts.toReversed()) {
    number += 1
    const report = reportStep(job, number)
    report.started(post.name)
    const scope = { ...post.run.scope, status: statusOf(job, frame, job.stop.aborted) }
    if (!evaluateCondition(post.condition, scope)) {
      report.ended('skipped')
      continue
    }
    const { outcome } = await post.body({ ...post.run, number })
    settle(job, outcome)
    report.ended(outcome)
  }
  return number
}

function settle(job: JobState, conclusion: 'success' | 'failure' | 'cancelled' | 'skipped'): void {
  if (job.stop.aborted) job.status = 'cancelled'
  else if (conclusion === 'failure' && job.status === 'success') job.status = 'failure'
  else if (conclusion === 'cancelled') job.status = 'cancelled'
}

async function complete(job: JobState, number: number): Promise<void> {
  const report = reportStep(job, number)
  report.started('Complete job')
  job.log.line('Cleaning up orphan processes')
  for (const orphan of await job.processes.end()) job.log.line(`Terminate orphan process: ${orphan}`)
  report.ended('success')
}

function reportStep(job: JobState, number: number) {
  let name = ''
  let startedAt: Date | undefined
  return {
    started(given: string) {
      name = job.masker.mask(given)
      startedAt = job.clock.now()
      job.io.step({ number, name, status: 'in_progress', startedAt })
    },
    ended(conclusion: Conclusion) {
      const completedAt = job.clock.now()
      job.io.step({ number, name, status: 'completed', conclusion, startedAt, completedAt })
    },
  }
}

function readOutputs(job: JobState, frame: Frame): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {}
  for (const [name, template] of Object.entries(job.request.job.outputs)) {
    try {
      const value = resolve(template, scopeOf(job, frame, {}))
      const text = value === null || value === undefined ? '' : String(value)
      if (job.masker.mask(text) === text) outputs[name] = text
      else job.log.line(`##[warning]Skip output '${name}' since it may contain secret.`)
    } catch (error) {
      job.log.error(`The output '${name}' has no value: ${error instanceof Error ? error.message : String(error)}`)
      job.status = 'failure'
    }
  }
  return outputs
}

function concludeJob(job: JobState): Conclusion {
  if (stopOf(job.stop)?.kind === 'job-timeout') return 'timed_out'
  return job.status
}
