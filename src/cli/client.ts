import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { Conflict, Forbidden, Invalid, NotFound, Unavailable } from '../base/errors.ts'
import { ErrorView } from '../contract/views.ts'

/** The running installation, as the commands on its machine reach it. */
export interface Client {
  readonly url: string
  get<T>(path: string, answer: z.ZodType<T>): Promise<T>
  post<T>(path: string, body: unknown, answer: z.ZodType<T>): Promise<T>
}

const GatewayFile = z.object({ url: z.url() })
const limitMs = 15_000

/** The data folder that a command means: `--data`, else MENDLINE_DATA, else `./.mendline`. */
export function dataFolder(options: { readonly data?: string | undefined }): string {
  return resolve(options.data ?? process.env.MENDLINE_DATA ?? '.mendline')
}

/** Finds the gateway that runs on a data folder. `Unavailable` if none does. */
export async function connect(dataDir: string): Promise<Client> {
  const found = await readHere(join(dataDir, 'gateway.json'))
  const token = await readHere(join(dataDir, 'token'))
  if (found === undefined || token === undefined)
    throw new Unavailable(
      `nothing runs on ${dataDir}: start it with "mendline up", or name its folder with --data DIR or MENDLINE_DATA`,
    )
  const url = gatewayUrl(found, dataDir)
  const call = <T>(method: string, path: string, body: unknown, answer: z.ZodType<T>) =>
    request({ url, token: token.trim(), method, path, body }, answer)
  return {
    url,
    get: (path, answer) => call('GET', path, undefined, answer),
    post: (path, body, answer) => call('POST', path, body, answer),
  }
}

async function readHere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Unavailable(`cannot read ${path}: ${(error as Error).message}`, { cause: error })
  }
}

function gatewayUrl(text: string, dataDir: string): string {
  try {
    return GatewayFile.parse(JSON.parse(text)).url
  } catch (cause) {
    throw new Unavailable(`${join(dataDir, 'gateway.json')} does not say where the gateway is: start it again`, {
      cause,
    })
  }
}

interface Request {
  readonly url: string
  readonly token: string
  readonly method: string
  readonly path: string
  readonly body: unknown
}

async function request<T>(asked: Request, answer: z.ZodType<T>): Promise<T> {
  const response = await send(asked)
  const text = await response.text()
  if (!response.ok) throw errorOf(response.status, text, asked)
  const parsed = answer.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new Unavailable(`${asked.url}${asked.path} answered something else than expected: is it of another version?`, {
    cause: parsed.error,
  })
}

async function send({ url, token, method, path, body }: Request): Promise<Response> {
  try {
    return await fetch(new URL(path, url), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      },
      ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
      redirect: 'error',
      signal: AbortSignal.timeout(limitMs),
    })
  } catch (cause) {
    throw new Unavailable(`the gateway at ${url} does not answer: is "mendline up" still running?`, { cause })
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function errorOf(status: number, text: string, { url, path }: Request): Error {
  const said = ErrorView.safeParse(parseJson(text))
  const message = said.success ? said.data.error.message : `${url}${path} answered ${status}`
  if (status === 400 || status === 422) return new Invalid(message)
  if (status === 401 || status === 403) return new Forbidden(message)
  if (status === 404) return new NotFound(message)
  return status === 409 ? new Conflict(message) : new Unavailable(message)
}
