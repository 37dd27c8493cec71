import { destination, type Logger, pino } from 'pino'

export type { Logger }

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/**
 * Structured lines on stdout. `error` means a person must act, `warn` means we coped. A field whose name looks like a
 * secret is never written, at the top or one or two levels down; who logs a foreign object logs chosen fields of it.
 */
export function createLogger(options: {
  readonly level: LogLevel
  readonly name: string
  readonly stream?: { write(line: string): void } | undefined
}): Logger {
  return pino(
    {
      name: options.name,
      level: options.level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: plainError },
      redact: { paths: secretPaths(), censor: '[redacted]' },
    },
    options.stream ?? destination({ dest: 1, sync: true }),
  )
}

/** For tests and for commands that speak to people. */
export function silentLogger(): Logger {
  return pino({ level: 'silent' })
}

/** What drivers hang on their errors (whole clients, sockets, queries) is no business of a log. */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : undefined
  const cause = error.cause === undefined ? undefined : plainError(error.cause)
  return { type: error.name, message: error.message, code, stack: error.stack, cause }
}

const secretNames = [
  'password',
  'passwd',
  'secret',
  'secrets',
  'token',
  'accessToken',
  'access_token',
  'refreshToken',
  'refresh_token',
  'privateKey',
  'private_key',
  'apiKey',
  'api_key',
  'authorization',
  'cookie',
  'set-cookie',
  'signature',
  'x-hub-signature-256',
  'databaseUrl',
  'connectionString',
]

function secretPaths(): string[] {
  return secretNames.flatMap((name) => ['', '*', '*.*'].map((parent) => `${parent}["${name}"]`))
}
