import type { Tellable } from '../model/events.ts'
import type { Job, Run } from '../model/run.ts'

/** Takes secrets out of text. The same text always becomes the same, and what was redacted stays as it is. */
export type Redact = (text: string) => string

/**
 * People put secrets even into names. Whatever tells of a run, a webhook or the vendor's API, tells it with the same
 * redacted names, so that what is compared with each other fits, and nobody behind this door ever sees the secret.
 */
export function runWithoutSecrets<R extends Run | Tellable<Run>>(run: R, redact: Redact): R {
  const { pipeline, path, branch, ref, actor, title } = run
  const told = { path, branch, ref, actor, title }
  return { ...run, pipeline: redact(pipeline), ...redactedWhereTold(told, redact) }
}

export function jobWithoutSecrets<J extends Job | Tellable<Job>>(job: J, redact: Redact): J {
  return {
    ...job,
    name: redact(job.name),
    ...redactedWhereTold({ key: job.key }, redact),
    ...(job.needs !== undefined && { needs: job.needs.map(redact) }),
    steps: job.steps.map((step) => ({ ...step, name: redact(step.name) })),
  }
}

/** What is not there stays away: events are compared and kept as they are told. */
export function redactedWhereTold<T extends Readonly<Record<string, string | undefined>>>(
  words: T,
  redact: Redact,
): Partial<T> {
  const told = Object.entries(words).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries(told.map(([key, word]) => [key, redact(word)])) as Partial<T>
}

/** No ref of git has a star in its name: such a one was redacted on its way here. */
export function isRedactedRef(name: string): boolean {
  return name.includes('*')
}

/** The one of the names that is told so; none where several are, for nobody may guess which was meant. */
export function unredacted(told: string, names: Iterable<string>, redact: Redact): string | undefined {
  const like = [...names].filter((name) => redact(name) === told)
  return like.length === 1 ? like[0] : undefined
}
