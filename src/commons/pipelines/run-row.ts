import type { Conclusion, Run, RunId, RunStatus } from '../../model/run.ts'
import { progressOfRun, stageOf } from './progress.ts'

/** One attempt of a run as its table keeps it. */
export interface RunTable {
  id: string
  attempt: number
  connection: string
  vendor: string
  external_id: string
  repository: string
  pipeline: string
  path: string | null
  number: number
  status: RunStatus
  conclusion: Conclusion | null
  event: string
  branch: string | null
  sha: string
  actor: string | null
  title: string | null
  url: string | null
  created_at: Date
  started_at: Date | null
  updated_at: Date
  progress: string
  stage: number
  announced: number
}

export function toRow(run: Run): RunTable {
  return {
    id: run.id,
    attempt: run.attempt,
    connection: run.connection,
    vendor: run.vendor,
    external_id: run.externalId,
    repository: run.repository,
    pipeline: run.pipeline,
    path: run.path ?? null,
    number: run.number,
    status: run.status,
    conclusion: run.conclusion ?? null,
    event: run.event,
    branch: run.branch ?? null,
    sha: run.sha,
    actor: run.actor ?? null,
    title: run.title ?? null,
    url: run.url ?? null,
    created_at: run.createdAt,
    started_at: run.startedAt ?? null,
    updated_at: run.updatedAt,
    progress: progressOfRun(run),
    stage: stageOf(run),
    announced: 0,
  }
}

export function toRun(row: RunTable): Run {
  return {
    id: row.id as RunId,
    connection: row.connection,
    vendor: row.vendor,
    externalId: row.external_id,
    repository: row.repository,
    pipeline: row.pipeline,
    path: row.path ?? undefined,
    number: Number(row.number),
    attempt: row.attempt,
    status: row.status,
    conclusion: row.conclusion ?? undefined,
    event: row.event,
    branch: row.branch ?? undefined,
    sha: row.sha,
    actor: row.actor ?? undefined,
    title: row.title ?? undefined,
    url: row.url ?? undefined,
    createdAt: row.created_at,
    startedAt: row.started_at ?? undefined,
    updatedAt: row.updated_at,
  }
}
