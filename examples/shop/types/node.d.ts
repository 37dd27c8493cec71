/** The few parts of Node that the shop uses, so that it needs no install. */
declare module 'node:http' {
  interface IncomingMessage {
    readonly method?: string
    readonly url?: string
  }
  interface ServerResponse {
    writeHead(status: number, headers: Record<string, string>): ServerResponse
    end(body?: string): void
  }
  interface Server {
    listen(port: number, host: string, ready?: () => void): Server
    on(event: 'error', listener: (error: Error) => void): Server
    address(): { readonly port: number } | null
    close(closed?: () => void): void
  }
  export function createServer(answer: (request: IncomingMessage, response: ServerResponse) => void): Server
}
declare module 'node:fs' {
  export function readFileSync(path: string | URL, encoding: 'utf8'): string
  export function writeFileSync(path: string | URL, data: string | Uint8Array, options?: { flag: string }): void
  export function mkdirSync(path: string | URL, options: { recursive: true }): void
  export function existsSync(path: string | URL): boolean
  export function rmSync(path: string | URL): void
  export function watch(path: string | URL, changed: () => void): { close(): void }
}
declare module 'node:timers/promises' {
  export function setTimeout(ms: number): Promise<void>
}
declare module 'node:zlib' {
  export function deflateSync(data: Uint8Array, options: { level: number }): Uint8Array
  export function crc32(data: Uint8Array, before?: number): number
}
declare module 'node:test' {
  export function test(name: string, body: () => void | Promise<void>): void
  export function after(body: () => void | Promise<void>): void
}
declare module 'node:assert/strict' {
  interface Assert {
    equal(actual: unknown, expected: unknown): void
    deepEqual(actual: unknown, expected: unknown): void
    throws(body: () => unknown, expected: RegExp): void
  }
  const assert: Assert
  export default assert
}

declare const process: {
  readonly env: Record<string, string | undefined>
  readonly argv: readonly string[]
  exitCode?: number
}
declare const console: { log(...words: unknown[]): void; error(...words: unknown[]): void }
declare class URL {
  constructor(url: string, base?: string)
  readonly pathname: string
  readonly href: string
}
interface ImportMeta {
  readonly url: string
  readonly main: boolean
}
interface Response {
  readonly ok: boolean
  readonly status: number
  readonly statusText: string
  readonly headers: { get(name: string): string | null }
  json(): Promise<unknown>
}
declare function fetch(
  url: string | URL,
  options?: { method?: string; headers?: Record<string, string>; body?: string },
): Promise<Response>
