import { type AttemptState, type JobState, latest, type RunState } from './state.ts'

/** States as GitHub's API and webhooks show them: times in whole seconds, far more fields than anybody reads. */
export function runView(run: RunState, attempt: AttemptState = latest(run)) {
  return {
    id: run.id,
    name: run.workflow,
    node_id: `WFR_${run.id}`,
    path: run.path,
    run_number: run.number,
    run_attempt: attempt.number,
    status: attempt.status,
    conclusion: attempt.conclusion,
    event: run.event,
    head_branch: run.branch,
    head_sha: run.sha,
    display_title: run.title,
    head_commit: { id: run.sha, message: `${run.title}\n\nIt was counted once.`, timestamp: seconds(run.createdAt) },
    actor: { login: run.actor, id: 1 },
    triggering_actor: { login: attempt.triggeredBy, id: 2 },
    html_url: `https://github.com/${run.repository.name}/actions/runs/${run.id}`,
    created_at: seconds(run.createdAt),
    run_started_at: seconds(attempt.startedAt),
    updated_at: seconds(attempt.updatedAt),
    pull_requests: [],
  }
}

export function jobView(run: RunState, attempt: AttemptState, job: JobState) {
  return {
    id: job.id,
    run_id: run.id,
    run_attempt: attempt.number,
    workflow_name: run.workflow,
    head_branch: run.branch,
    head_sha: run.sha,
    name: job.name,
    status: job.status,
    conclusion: job.conclusion,
    created_at: seconds(attempt.startedAt),
    started_at: job.startedAt && seconds(job.startedAt),
    completed_at: job.completedAt && seconds(job.completedAt),
    steps: stepsOf(job),
    labels: ['ubuntu-latest'],
    runner_name: null,
  }
}

function stepsOf(job: JobState) {
  if (job.startedAt === null) return []
  const step = (number: number, name: string, status: string, conclusion: string | null) => ({
    number,
    name,
    status,
    conclusion,
    started_at: job.startedAt && seconds(job.startedAt),
    completed_at: job.completedAt && seconds(job.completedAt),
  })
  return [
    step(1, 'Set up job', 'completed', 'success'),
    step(2, `Run npm ${job.name}`, job.status, job.conclusion),
    ...(job.status === 'completed' ? [step(3, 'Complete job', 'completed', 'success')] : []),
  ]
}

/** A log as GitHub keeps it: a byte order mark, then a time of seven decimals before each line. */
export function logText(job: JobState): string {
  const stamp = (job.startedAt ?? new Date(0)).toISOString().replace('Z', '0000Z')
  return `\ufeff${(job.log ?? []).map((line) => `${stamp} ${line}\n`).join('')}`
}

export function repositoryView(name: string) {
  return { id: 42, full_name: name, name: name.split('/')[1], owner: { login: name.split('/')[0] }, private: true }
}

function seconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}
