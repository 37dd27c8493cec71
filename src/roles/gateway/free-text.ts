import type { HookAnswer } from '../../adapters/ci.ts'
import type { NewEvent } from '../../model/events.ts'

/** What people wrote freely (titles of commits, names of authors) may hold secrets: they are gone before anything is kept. */
export function withoutSecrets(answer: HookAnswer, redact: (text: string) => string): HookAnswer {
  if (answer.kind !== 'events') return answer
  return { ...answer, events: answer.events.map((event) => redacted(event, redact)) }
}

function redacted(event: NewEvent, redact: (text: string) => string): NewEvent {
  const written = <T extends { readonly title?: string | undefined; readonly actor?: string | undefined }>(
    of: T,
  ): T => ({
    ...of,
    ...(of.title !== undefined && { title: redact(of.title) }),
    ...(of.actor !== undefined && { actor: redact(of.actor) }),
  })
  if (event.type === 'push.received') return { ...event, data: written(event.data) }
  if (event.type === 'run.reported') return { ...event, data: { ...event.data, run: written(event.data.run) } }
  return event
}
