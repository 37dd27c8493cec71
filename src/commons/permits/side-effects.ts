import type { SideEffects } from './decide.ts'
import type { Trigger } from './side-effects/condition.ts'
import { inspectJob } from './side-effects/inspect-job.ts'
import { findJob, withDependants } from './side-effects/job-names.ts'
import { readWorkflow, type WorkflowFile } from './side-effects/workflow-file.ts'

export interface Touched {
  readonly found: SideEffects
  /** Names of all jobs that the effect touches: those asked for, and those that a rerun runs again behind them. */
  readonly jobs: readonly string[]
}

interface Looking {
  readonly dependants: boolean
  readonly trigger?: Trigger | undefined
  /** The names of the jobs were redacted: those of the definition are too, and what is quoted of it. */
  readonly redact: (text: string) => string
}

const mostReasons = 8

/**
 * Would running these jobs again change anything outside? Pure. What cannot be understood has side effects: it is
 * better to ask a person once too often than to deploy twice.
 */
export function sideEffects(
  definition: { readonly path: string; readonly text: string } | undefined,
  jobs: readonly string[],
  options: Looking,
): Touched {
  const unknown = (why: string): Touched => ({ found: { kind: 'unknown', why: [why] }, jobs })
  if (definition === undefined)
    return unknown('The definition of the pipeline cannot be read, so it may have side effects.')
  if (!/\.ya?ml$/.test(definition.path) || /gitlab-ci|\.circleci|azure-pipelines/.test(definition.path))
    return unknown(`Nobody here can read ${definition.path.slice(0, 100)}, so it may have side effects.`)
  const reading = readWorkflow(definition.text, options.redact)
  if ('problem' in reading) return unknown(`${definition.path.slice(0, 100)} cannot be understood: ${reading.problem}.`)
  return inspect(reading.workflow, jobs, options)
}

function inspect(workflow: WorkflowFile, names: readonly string[], { dependants, trigger }: Looking): Touched {
  const found = names.map((name) => ({ name, job: findJob(workflow, name) }))
  const missing = found.filter(({ job }) => job === undefined)
  const keys = found.flatMap(({ job }) => (job === undefined ? [] : [job.key]))
  const touched = dependants ? withDependants(workflow, keys, trigger) : [...new Set(keys)]
  const effects: string[] = []
  const doubts = missing.map(({ name }) => `The job "${name.slice(0, 100)}" is not in the definition.`)
  for (const key of touched) {
    const job = workflow.jobs.find((candidate) => candidate.key === key)
    if (job === undefined) continue
    const findings = inspectJob(job, workflow)
    const who = keys.includes(key) ? `Job "${key}"` : `Job "${key}", which would run behind it,`
    effects.push(...findings.effects.map((what) => `${who} may change something outside: ${what}.`))
    doubts.push(...findings.doubts.map((what) => `${who} could change something outside: ${what}.`))
  }
  const jobs = [...new Set([...names, ...touched.filter((key) => !keys.includes(key))])]
  if (effects.length > 0) return { found: { kind: 'some', why: effects.slice(0, mostReasons) }, jobs }
  if (doubts.length > 0) return { found: { kind: 'unknown', why: doubts.slice(0, mostReasons) }, jobs }
  return { found: { kind: 'none' }, jobs }
}
