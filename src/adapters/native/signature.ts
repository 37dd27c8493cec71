import { createHmac, timingSafeEqual } from 'node:crypto'

/** HMAC-SHA256 over the raw bytes of a delivery, in the form GitHub made common. */
export const signatureHeader = 'x-mendline-signature-256'
export const deliveryHeader = 'x-mendline-delivery'
export const eventHeader = 'x-mendline-event'

export function sign(body: Uint8Array | string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

/** Every live secret is tried, so the time taken tells nothing about which one fits. */
export function isSigned(body: Uint8Array, signature: string | undefined, secrets: readonly string[]): boolean {
  const given = Buffer.from(signature ?? '')
  let fits = false
  for (const secret of secrets) {
    const expected = Buffer.from(sign(body, secret))
    if (secret !== '' && given.length === expected.length && timingSafeEqual(given, expected)) fits = true
  }
  return fits
}
