import type { HttpClient } from '../../base/http-client.ts'
import { deliveryHeader, eventHeader, sign, signatureHeader } from './signature.ts'

export interface Delivery {
  readonly id: string
  readonly event: string
  readonly body: string
}

export interface Gateway {
  /** Base address, such as `http://127.0.0.1:7070`. */
  readonly url: string
  readonly connection: string
  readonly secret: string
}

const limitMs = 5_000

/** Bring one signed delivery to the gateway. Undefined when it was acknowledged, else why not; never throws. */
export async function deliver(http: HttpClient, gateway: Gateway, delivery: Delivery): Promise<string | undefined> {
  try {
    const answer = await http.send({
      method: 'POST',
      url: new URL(`/hooks/native/${encodeURIComponent(gateway.connection)}`, gateway.url).href,
      headers: {
        'content-type': 'application/json',
        [deliveryHeader]: delivery.id,
        [eventHeader]: delivery.event,
        [signatureHeader]: sign(delivery.body, gateway.secret),
      },
      body: delivery.body,
      limitMs,
      maxBytes: 64 * 1024,
    })
    return answer.status >= 200 && answer.status < 300 ? undefined : `the gateway answered ${answer.status}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
