/**
 * A durable function: one per case. It survives kill -9 and goes on at the next step, on any machine. Everything that
 * touches the world or the clock happens inside a step; a step may run again when a process dies before its result was
 * written, so a step that writes does so idempotently by the flow's id.
 */
export interface Flow<Input> {
  readonly name: string
  readonly body: (input: Input, at: Steps) => Promise<unknown>
}

export interface Steps {
  readonly flowId: string
  /**
   * Run once, remember the result. While something is unavailable it tries again, first within seconds, then after durable
   * sleeps of minutes; other errors end the flow.
   */
  step<T>(name: string, body: () => Promise<T>, options?: StepOptions): Promise<T>
  /** Sleep durably: the wake-up time survives the process. */
  sleep(name: string, ms: number): Promise<void>
  /** Wait for a message that `tell` sends to this flow under `topic`; undefined when the limit is reached. */
  wait<T>(topic: string, limitMs: number): Promise<T | undefined>
}

export interface StepOptions {
  /** How often to try again within one round, before a durable sleep; default 5. */
  readonly retries?: number
  /** First pause between tries, doubled each time; default 200 ms. */
  readonly pauseMs?: number
}

export function flow<Input>(name: string, body: Flow<Input>['body']): Flow<Input> {
  return { name, body }
}
