import { z } from 'zod'

/**
 * The live socket at `/v1/live`. The client subscribes with the last position it has seen; the server answers with
 * every event after it, or `gap` when it cannot, upon which the client reads everything again. Heartbeat every 15 s;
 * two missing mean stale.
 */
export const LiveRequest = z.object({ kind: z.literal('subscribe'), after: z.number().int().nonnegative().nullable() })
export type LiveRequest = z.infer<typeof LiveRequest>

export const LiveMessage = z.discriminatedUnion('kind', [
  /** The first answer: live from this position on. */
  z.object({ kind: z.literal('ready'), position: z.number() }),
  /** `seq` counts the events and heartbeats of this socket from 1 without a hole; `position` is the event's place in the log. */
  z.object({ kind: z.literal('event'), seq: z.number(), position: z.number(), type: z.string(), subject: z.string() }),
  z.object({ kind: z.literal('gap'), position: z.number() }),
  z.object({ kind: z.literal('heartbeat'), seq: z.number(), at: z.iso.datetime() }),
])
export type LiveMessage = z.infer<typeof LiveMessage>
