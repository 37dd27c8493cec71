import { Terminal, Unavailable } from './errors.ts'

/**
 * HTTP with limits on everything: time to the answer, silence between bytes, size. It never follows a redirect by
 * itself: where a credential may travel is the caller's decision. What goes wrong on the way is `Unavailable`; a status
 * is an answer.
 */
export interface HttpClient {
  /** The whole answer in memory. */
  send(request: HttpRequest): Promise<HttpAnswer>
  /** The answer as a stream; `limitMs` then bounds the wait for the head and for each part. */
  open(request: HttpRequest): Promise<HttpStream>
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: string | undefined
  readonly limitMs: number
  readonly maxBytes: number
  readonly signal?: AbortSignal | undefined
}

interface Head {
  readonly status: number
  readonly headers: Headers
}
export interface HttpAnswer extends Head {
  readonly body: Buffer
}
export interface HttpStream extends Head {
  /** Must be read or closed (`discard`), else the connection stays open until its limit. */
  readonly bytes: AsyncIterable<Uint8Array>
  discard(): Promise<void>
}

export function createHttpClient({ fetch = globalThis.fetch }: { fetch?: typeof globalThis.fetch } = {}): HttpClient {
  return {
    async send(request) {
      const timer = startTimer(request)
      try {
        const response = await reach(fetch, request, timer)
        const parts: Uint8Array[] = []
        for await (const part of bounded(response, request, timer)) parts.push(part)
        return { status: response.status, headers: response.headers, body: Buffer.concat(parts) }
      } finally {
        timer.stop()
      }
    },
    async open(request) {
      const timer = startTimer(request)
      try {
        const response = await reach(fetch, request, timer)
        return {
          status: response.status,
          headers: response.headers,
          bytes: streamed(response, request, timer),
          discard: async () => {
            timer.stop()
            await response.body?.cancel().catch(() => undefined)
          },
        }
      } catch (error) {
        timer.stop()
        throw error
      }
    },
  }
}

/** `retry-after` as seconds or as a date, in milliseconds from `now`; undefined if absent or unreadable. */
export function parseRetryAfter(value: string | null | undefined, now: Date): number | undefined {
  if (value === null || value === undefined) return undefined
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1_000
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime())
}

/** A URL without what may be secret in it: query, fragment, user and password. */
export function sayUrl(url: string): string {
  const parsed = URL.parse(url)
  return parsed === null ? 'a malformed address' : `${parsed.origin}${parsed.pathname}`
}

interface Timer {
  readonly signal: AbortSignal
  restart(): void
  stop(): void
}

function startTimer({ limitMs, signal }: HttpRequest): Timer {
  const controller = new AbortController()
  const expire = () => controller.abort(new DOMException(`no answer within ${limitMs} ms`, 'TimeoutError'))
  let handle = setTimeout(expire, limitMs)
  return {
    signal: signal === undefined ? controller.signal : AbortSignal.any([controller.signal, signal]),
    restart() {
      clearTimeout(handle)
      handle = setTimeout(expire, limitMs)
    },
    stop: () => clearTimeout(handle),
  }
}

async function reach(fetch: typeof globalThis.fetch, request: HttpRequest, timer: Timer): Promise<Response> {
  try {
    return await fetch(request.url, {
      method: request.method,
      redirect: 'manual',
      signal: timer.signal,
      ...(request.headers && { headers: request.headers }),
      ...(request.body !== undefined && { body: request.body }),
    })
  } catch (error) {
    throw brokenOff(request, error)
  }
}

async function* streamed(response: Response, request: HttpRequest, timer: Timer): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of bounded(response, request, timer)) {
      // The reader may be slow: only the other side's silence counts.
      timer.stop()
      yield part
      timer.restart()
    }
  } finally {
    timer.stop()
  }
}

async function* bounded(response: Response, request: HttpRequest, timer: Timer): AsyncGenerator<Uint8Array> {
  if (response.body === null) return
  let size = 0
  const parts = response.body[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await parts.next().catch((error: unknown) => {
        throw brokenOff(request, error)
      })
      if (next.done === true) return
      size += next.value.byteLength
      if (size > request.maxBytes)
        throw new Terminal(`${say(request)} answered more than ${request.maxBytes} bytes; the rest was not read`)
      yield next.value
    }
  } finally {
    timer.stop()
    await parts.return?.().catch(() => undefined)
  }
}

function brokenOff(request: HttpRequest, error: unknown): Error {
  if (request.signal?.aborted === true) return request.signal.reason as Error
  return new Unavailable(`${say(request)} failed: ${innermost(error)}`, { cause: error })
}

function say(request: HttpRequest): string {
  return `${request.method} ${sayUrl(request.url)}`
}

/** fetch says "fetch failed" and hides the reason in `cause`. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? innermost(error.cause) : error.message
}
