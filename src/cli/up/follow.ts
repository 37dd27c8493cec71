import type { Store } from '../../engine/database/database.ts'
import { find } from '../../engine/eventlog/page.ts'
import { createTail } from '../../engine/eventlog/tail.ts'
import type { Logger } from '../../engine/telemetry/logger.ts'
import type { StoredEvent } from '../../model/events.ts'

/** Hears every event from now on, whole and in order. Ends by the function it returns. */
export function followEvents(store: Store, logger: Logger, hear: (event: StoredEvent) => void): () => Promise<void> {
  const tail = createTail(store, { logger })
  let queue: Promise<void> = Promise.resolve()
  const end = tail.subscribe({ after: null }, (message) => {
    if (message.kind !== 'event') return
    queue = queue
      .then(async () => {
        const event = await find(store.db, message.event.position)
        if (event !== undefined) hear(event)
      })
      .catch((error: unknown) => logger.warn({ err: error }, 'an event could not be shown'))
  })
  return async () => {
    end()
    await tail.stop()
    await queue
  }
}
