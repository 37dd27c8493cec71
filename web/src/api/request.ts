import type { ErrorView } from '../../../src/contract/views.ts'
import { parseHarmlessly } from './harmless.ts'

/** The gateway said no, or could not be asked (`status` 0). */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly requestId: string | null

  constructor(message: string, status: number, requestId: string | null, cause?: unknown) {
    super(message, { cause })
    this.status = status
    this.requestId = requestId
  }
}

const answerWithinMs = 20_000

export function read<View>(path: string, signal?: AbortSignal): Promise<View> {
  return ask<View>('GET', path, undefined, signal)
}

export function send<View>(method: 'POST' | 'PUT', path: string, body: object = {}): Promise<View> {
  return ask<View>(method, path, body)
}

async function ask<View>(method: string, path: string, body?: object, signal?: AbortSignal): Promise<View> {
  const limit = AbortSignal.timeout(answerWithinMs)
  const response = await reach(path, {
    method,
    credentials: 'same-origin',
    headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  })
  const answer = parse(await response.text())
  if (!response.ok) throw refusal(method, path, response.status, answer)
  return answer as View
}

async function reach(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(path, request)
  } catch (cause) {
    if (request.signal?.aborted && request.signal.reason?.name === 'AbortError') throw cause
    throw new ApiError(`${request.method} ${path}: Mendline does not answer. Is it still running?`, 0, null, cause)
  }
}

function parse(text: string): unknown {
  try {
    return parseHarmlessly(text)
  } catch {
    return null
  }
}

function refusal(method: string, path: string, status: number, answer: unknown): ApiError {
  const told = (answer as Partial<ErrorView> | null)?.error
  return new ApiError(
    told?.message ?? `${method} ${path} was answered with status ${status}`,
    status,
    told?.requestId ?? null,
  )
}
