import type { HookAnswer } from '../../adapters/ci.ts'
import { Unavailable } from '../../base/errors.ts'
import type { Delivered, Delivery } from '../../commons/pipelines/deliveries-memory.ts'
import { pipelines } from '../../commons/pipelines/index.ts'
import type { HookView } from '../../contract/views.ts'
import type { Database } from '../../engine/database/database.ts'
import { isLostConnection, sqlState } from '../../engine/database/sql-errors.ts'
import { uncrossed } from '../../engine/database/transaction.ts'
import type { Logger } from '../../engine/telemetry/logger.ts'

/** An authentic delivery with what its vendor made of it. */
export interface Incoming extends Omit<Delivery, 'state' | 'reason' | 'evidence'> {
  readonly answer: HookAnswer
  /** What to keep of it should it be unreadable; made only then. */
  readonly evidence: () => Delivery['evidence']
}

export type Outcome = HookView['outcome']

export interface Intake {
  /** Resolves when the delivery and its events are on disk; `Unavailable` when that cannot be said: send it again. */
  accept(incoming: Incoming): Promise<Outcome>
}

export interface IntakeDeps {
  readonly db: Database
  readonly logger: Logger
  /** How long a sender waits at most before it is told to come again. */
  readonly patienceMs?: number
}

interface Waiting {
  readonly incoming: Incoming
  readonly resolve: (outcome: Outcome) => void
  readonly reject: (error: unknown) => void
}

const largestBatch = 256
/** A commit costs about as much as what it keeps of so many deliveries: fewer than these wait a moment for company. */
const worthACommit = 32
const gatheringMs = 4
/** While one is on its way to the disk the next is filled and sent: the database and this process work at the same time. */
const commitsAtOnce = 2
/** More than this waiting means the database is not keeping up: better refuse than fill the memory. */
const longestQueue = 5_000

/**
 * Group commit: deliveries that arrive within a few milliseconds, or while all commits are under way, go together into the
 * next, so that the cost of reaching the disk is shared. A delivery that the database cannot keep is found by trying
 * its batch one by one, and is quarantined without failing its neighbours.
 */
export function createIntake({ db, logger, patienceMs = 8_000 }: IntakeDeps): Intake {
  const queue: Waiting[] = []
  let underWay = 0
  let gathering = false

  /** Begins what is worth a commit; the rest is begun when it was given its time to gather. */
  function advance(): void {
    while (underWay < commitsAtOnce && queue.length >= worthACommit) void begin()
    if (gathering || underWay === commitsAtOnce || queue.length === 0) return
    gathering = true
    setTimeout(gathered, gatheringMs)
  }

  function gathered(): void {
    gathering = false
    if (underWay < commitsAtOnce && queue.length > 0) void begin()
  }

  async function begin(): Promise<void> {
    underWay += 1
    try {
      await commitAll(queue.splice(0, largestBatch))
    } finally {
      underWay -= 1
      advance()
    }
  }

  async function commitAll(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await commit(batch.map((waiting) => toDelivered(waiting.incoming)))
      for (const [index, waiting] of batch.entries()) waiting.resolve(outcomes[index] ?? 'duplicate')
    } catch (error) {
      if (isPoison(error)) for (const waiting of batch) await commitAlone(waiting)
      else for (const waiting of batch) waiting.reject(cannotKeep(error))
    }
  }

  async function commitAlone({ incoming, resolve, reject }: Waiting): Promise<void> {
    try {
      const [outcome] = await commit([toDelivered(incoming)])
      resolve(outcome ?? 'duplicate')
    } catch (error) {
      if (!isPoison(error)) return reject(cannotKeep(error))
      logger.warn({ err: error, connection: incoming.connection, delivery: incoming.id }, 'a delivery was quarantined')
      const reason = 'the database cannot keep what it says; the log of the gateway says why'
      await commit([quarantined(incoming, reason)]).then(([outcome]) => resolve(outcome ?? 'duplicate'), reject)
    }
  }

  async function commit(batch: readonly Delivered[]): Promise<readonly Outcome[]> {
    const fresh = await uncrossed(() => pipelines.recordDeliveries(db, batch))
    return batch.map(({ id, state }) => (fresh.has(id) ? state : 'duplicate'))
  }

  return {
    accept: (incoming) => {
      if (queue.length >= longestQueue) return Promise.reject(cannotKeep('too many deliveries wait for the database'))
      const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
      const impatience = setTimeout(() => reject(cannotKeep('the database takes too long')), patienceMs)
      queue.push({ incoming, resolve, reject })
      advance()
      return promise.finally(() => clearTimeout(impatience))
    },
  }
}

function toDelivered(incoming: Incoming): Delivered {
  const { answer, evidence: _, ...facts } = incoming
  if (answer.kind === 'rejected') return quarantined(incoming, answer.sentence)
  if (answer.kind === 'ignored') return { ...facts, state: 'ignored', reason: answer.sentence, evidence: undefined }
  return { ...facts, state: 'accepted', reason: undefined, evidence: undefined, events: answer.events }
}

function quarantined({ answer: _, ...incoming }: Incoming, reason: string): Delivered {
  const { connection, deliveryId, id } = incoming
  return {
    ...incoming,
    state: 'quarantined',
    reason,
    evidence: incoming.evidence(),
    events: [
      {
        type: 'delivery.quarantined',
        subject: connection,
        data: { connection, delivery: deliveryId ?? id, reason },
        causation: deliveryId,
      },
    ],
  }
}

/**
 * Is the delivery to blame, and not the state of the database? SQLSTATE classes: data exception, constraint violation, limit
 * exceeded; an error without a code was thrown before the database was asked.
 */
function isPoison(error: unknown): boolean {
  const state = sqlState(error)
  return state === undefined ? !isLostConnection(error) : /^(22|23|54)/.test(state)
}

function cannotKeep(cause: unknown): Unavailable {
  return new Unavailable('cannot keep this delivery now, so it was not taken: send it again in a few seconds', {
    cause,
    retryAfterMs: 5_000,
  })
}
