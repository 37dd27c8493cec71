import { sql } from 'kysely'
import type { Database } from '../database/database.ts'
import type { Flow } from './flow.ts'

/**
 * Starting a flow and telling it something are plain SQL, so both happen inside the caller's transaction, with the
 * state and the event that caused them, and from processes that run no flows themselves.
 */
export const flowQueue = 'mendline'

export interface StartOptions {
  /** The flow's id: a second start with the same id starts nothing. */
  readonly id: string
  /** Lower runs earlier; 0 to 2^31-1. */
  readonly priority?: number
}

export async function startFlow<Input>(
  db: Database,
  flow: Pick<Flow<Input>, 'name'>,
  input: Input,
  options: StartOptions,
): Promise<void> {
  await sql`select dbos.enqueue_workflow(
    workflow_name => ${flow.name}, queue_name => ${flowQueue},
    positional_args => array[${JSON.stringify(input)}::json],
    workflow_id => ${options.id}, priority => ${options.priority ?? 100}::int4,
    application_name => 'mendline')`.execute(db)
}

/** Send a message to a flow that waits, or will wait, for `topic`. False if there is no such flow. */
export async function tellFlow(
  db: Database,
  flowId: string,
  topic: string,
  message: unknown,
  key: string,
): Promise<boolean> {
  const found = await sql`select 1 from dbos.workflow_status where workflow_uuid = ${flowId}`.execute(db)
  if (found.rows.length === 0) return false
  await sql`select dbos.send_message(
    destination_id => ${flowId}, message => ${JSON.stringify(message)}::json,
    topic => ${topic}, message_id => ${`${flowId}/${topic}/${key}`})`.execute(db)
  return true
}
