import type { HookAnswer } from '../../adapters/ci.ts'
import { jobWithoutSecrets, type Redact, redactedWhereTold, runWithoutSecrets } from '../../adapters/redact.ts'
import type { NewEvent } from '../../model/events.ts'

/** What people wrote freely (names, branches, titles of commits) may hold secrets: they are gone before anything is kept. */
export function withoutSecrets(answer: HookAnswer, redact: Redact): HookAnswer {
  if (answer.kind !== 'events') return { ...answer, sentence: redact(answer.sentence) }
  return { ...answer, events: answer.events.map((event) => redacted(event, redact)) }
}

function redacted(event: NewEvent, redact: Redact): NewEvent {
  switch (event.type) {
    case 'push.received': {
      const { dedupeKey } = event
      const { ref, actor, title } = event.data
      const told = redactedWhereTold({ ref, actor, title }, redact)
      // Its key names the branch.
      return { ...event, ...redactedWhereTold({ dedupeKey }, redact), data: { ...event.data, ...told } }
    }
    case 'run.reported':
      return { ...event, data: { ...event.data, run: runWithoutSecrets(event.data.run, redact) } }
    case 'job.reported':
      return { ...event, data: { ...event.data, job: jobWithoutSecrets(event.data.job, redact) } }
    case 'job.stalled':
      return { ...event, data: { ...event.data, job: jobWithoutSecrets(event.data.job, redact) } }
    default:
      return event
  }
}
