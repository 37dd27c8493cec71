import { randomBytes } from 'node:crypto'
import type { Reply, Route } from './http-server.ts'

/** The store behind the log links: another host, links that end after a minute, and no patience for our credential. */
export interface Links {
  sign(content: () => Promise<Buffer>, type: string): string
  readonly route: Route
  expire(): void
  /** Calls that brought an authorization header: each is a leaked credential. */
  leaks(): number
  base: string
}

const lifeMs = 60_000

export function createLinks(): Links {
  const signed = new Map<string, { content: () => Promise<Buffer>; type: string; end: number }>()
  let leaked = 0
  const links: Links = {
    base: '',
    leaks: () => leaked,
    expire: () => {
      for (const link of signed.values()) link.end = 0
    },
    sign(content, type) {
      const key = randomBytes(12).toString('hex')
      signed.set(key, { content, type, end: Date.now() + lifeMs })
      return `${links.base}/logs/${key}?sig=${randomBytes(8).toString('hex')}`
    },
    route: {
      name: 'link',
      async handle(call): Promise<Reply> {
        if (call.headers.authorization !== undefined) {
          leaked += 1
          return { status: 400, body: 'InvalidAuthenticationInfo' }
        }
        const link = signed.get(call.url.pathname.slice('/logs/'.length))
        if (link === undefined) return { status: 404, body: 'BlobNotFound' }
        if (link.end <= Date.now()) return { status: 403, body: 'AuthenticationFailed: Signature not valid' }
        return { status: 200, headers: { 'content-type': link.type }, body: await link.content() }
      },
    },
  }
  return links
}
