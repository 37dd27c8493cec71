import type { Scope } from '../workflow/expressions.ts'
import { type Environment, scratchOf, systemName } from './environment.ts'
import { hashFiles } from './hash-files.ts'
import type { Frame, JobState } from './job-state.ts'
import { isDebugging } from './step-output.ts'

/** What the expressions of a step see. */
export function scopeOf(job: JobState, frame: Frame, stepEnv: Environment): Scope {
  const { request } = job
  const { workspace } = request.folders
  return {
    contexts: {
      github: { ...job.github, action_path: frame.actionPath ?? null },
      env: { ...job.env, ...stepEnv },
      vars: request.vars,
      secrets: frame.secrets,
      inputs: frame.inputs,
      matrix: request.cell.matrix,
      strategy: request.cell.strategy,
      needs: request.needs,
      steps: frame.steps,
      job: { status: job.status, container: {}, services: {} },
      runner: runnerContext(job),
    },
    hashFiles: (patterns) => hashFiles(workspace, patterns),
  }
}

function runnerContext(job: JobState): Readonly<Record<string, string>> {
  const { folders, runnerName } = job.request
  return {
    name: runnerName ?? 'mendline',
    os: systemName(),
    arch: process.arch === 'arm64' ? 'ARM64' : process.arch.toUpperCase(),
    temp: scratchOf(folders),
    tool_cache: `${folders.temp}/tools`,
    environment: 'self-hosted',
    debug: isDebugging(job) ? '1' : '',
  }
}
