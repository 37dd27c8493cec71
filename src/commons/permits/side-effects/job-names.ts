import { canRun, type Trigger } from './condition.ts'
import type { WorkflowFile, WorkflowJob } from './workflow-file.ts'

/**
 * The job of the definition that a run shows under this name: its key, its `name:` with expressions filled in, either
 * with the matrix cell behind it, as `build (linux, 20)`, or with the called workflow's job, as `build / inner`.
 */
export function findJob(workflow: WorkflowFile, shown: string): WorkflowJob | undefined {
  const candidates = [shown, shown.split(' / ', 1)[0] ?? shown]
  for (const name of candidates) {
    const named = workflow.jobs.filter((job) => job.name === name)
    const exact = named.length > 0 ? named : workflow.jobs.filter((job) => job.key === name)
    if (exact.length > 0) return only(exact)
  }
  const fitting = workflow.jobs.filter((job) => candidates.some((name) => fits(name, job.name) || fits(name, job.key)))
  return only(fitting)
}

/** Of two jobs that could bear the name neither is known to be the one. */
function only(jobs: readonly WorkflowJob[]): WorkflowJob | undefined {
  return jobs.length === 1 ? jobs[0] : undefined
}

function fits(shown: string, name: string): boolean {
  const parts = literalParts(name)
  // A name that is all expression could be any job.
  if (parts.every((part) => part.trim() === '')) return false
  const bare = parts.length === 1 ? shown.replace(/ \([^\n]{0,500}\)$/, '') : shown
  const first = parts[0] ?? ''
  const last = parts.at(-1) ?? ''
  if (parts.length === 1) return bare === first
  return inOrder(shown, parts, first, last) || inOrder(shown.replace(/ \([^\n]{0,500}\)$/, ''), parts, first, last)
}

function inOrder(text: string, parts: readonly string[], first: string, last: string): boolean {
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false
  let from = first.length
  const end = text.length - last.length
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from)
    if (at === -1 || at + part.length > end) return false
    from = at + part.length
  }
  return true
}

/** The text around the `${{ … }}` of a name. */
function literalParts(name: string): readonly string[] {
  return name.split('${{').map((part, index) => {
    if (index === 0) return part
    const end = part.indexOf('}}')
    return end === -1 ? '' : part.slice(end + 2)
  })
}

/** The jobs and all that would run again behind them, however far. */
export function withDependants(
  workflow: WorkflowFile,
  keys: readonly string[],
  trigger: Trigger | undefined,
): readonly string[] {
  const fates = new Map<string, Fate>(keys.map((key) => [key, 'runs']))
  for (const job of workflow.jobs) fateOf(job, workflow, fates, trigger)
  const behind = workflow.jobs.filter((job) => fates.get(job.key) === 'runs' && !keys.includes(job.key))
  return [...new Set([...keys, ...behind.map((job) => job.key)])]
}

/** What a rerun makes of a job: not behind any that runs again, behind one but ruled out, or running too. */
type Fate = 'untouched' | 'skipped' | 'runs'

function fateOf(
  job: WorkflowJob,
  workflow: WorkflowFile,
  fates: Map<string, Fate>,
  trigger: Trigger | undefined,
): Fate {
  const known = fates.get(job.key)
  if (known !== undefined) return known
  // Jobs that need each other in a circle never run; this also ends the recursion.
  fates.set(job.key, 'untouched')
  const needed = workflow.jobs.filter((other) => job.needs.includes(other.key))
  const before = needed.map((other) => fateOf(other, workflow, fates, trigger))
  const fate = fateAfter(job, before, trigger)
  fates.set(job.key, fate)
  return fate
}

/** A job whose condition this run cannot meet does not run; nor does one that needs it, unless it asks to run anyway. */
function fateAfter(job: WorkflowJob, before: readonly Fate[], trigger: Trigger | undefined): Fate {
  if (before.every((fate) => fate === 'untouched')) return 'untouched'
  if (!canRun(job.condition, trigger)) return 'skipped'
  const runsAnyway = /\b(always|failure|cancelled)\s*\(/i.test(job.condition)
  return before.includes('skipped') && !runsAnyway ? 'skipped' : 'runs'
}
