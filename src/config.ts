import { mkdirSync, readFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { Invalid } from './base/errors.ts'
import { parseDuration, parseSize } from './base/quantity.ts'
import { type LogLevel, logLevels } from './engine/telemetry/logger.ts'

/**
 * Configuration in three honest steps: the environment and flags, the installation's `mendline.yml`, and the typed tree
 * that the program is built from. Secrets are never in it: it names files, and `app.ts` reads them when it needs them.
 */
export const roles = ['gateway', 'worker', 'scheduler', 'runner'] as const
export type Role = (typeof roles)[number]

export interface Config {
  readonly dataDir: string
  /** Undefined: the embedded PostgreSQL in the data folder. */
  readonly databaseUrl: string | undefined
  readonly host: string
  readonly port: number
  readonly roles: readonly Role[]
  readonly logLevel: LogLevel
  readonly otlpEndpoint: string | undefined
  readonly connections: readonly GithubConnection[]
  readonly runner: RunnerConfig
  readonly pollEveryMs: number
  /** Where the runner of a process that is no gateway itself reports to. */
  readonly gatewayUrl: string
}

export type GithubConnection = z.infer<typeof GithubConnection>
const GithubConnection = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'use small letters, digits and dashes'),
    vendor: z.literal('github'),
    repositories: z.array(z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'write owner/name')),
    webhookSecretFiles: z.array(z.string()).min(1).max(2),
    baseUrl: z.url().optional(),
    tokenFile: z.string().optional(),
    app: z
      .strictObject({
        id: z.union([z.string(), z.number()]),
        installation: z.union([z.string(), z.number()]),
        privateKeyFile: z.string(),
      })
      .optional(),
  })
  .refine(
    (connection) => (connection.app === undefined) !== (connection.tokenFile === undefined),
    'give either app or tokenFile',
  )

export interface RunnerConfig {
  readonly slots: number
  readonly memoryBytes: number
  readonly timeoutMs: number
  readonly stallAfterMs: number
  /** Folders put in front of PATH for every step. */
  readonly toolPath: readonly string[]
}

const duration = z.string().transform(parseDuration)
const size = z.string().transform(parseSize)

const InstallationFile = z.strictObject({
  connections: z.array(GithubConnection).default([]),
  runner: z
    .strictObject({
      slots: z.number().int().min(1).max(256).optional(),
      memory: size.optional(),
      timeout: duration.optional(),
      stallAfter: duration.optional(),
      path: z.array(z.string()).optional(),
    })
    .default({}),
  poll: z.strictObject({ every: duration }).optional(),
})

export interface Flags {
  readonly data?: string | undefined
  readonly port?: string | number | undefined
  readonly host?: string | undefined
  readonly roles?: readonly string[] | undefined
}

export function loadConfig(env: NodeJS.ProcessEnv, flags: Flags = {}): Config {
  const dataDir = resolve(flags.data ?? env.MENDLINE_DATA ?? '.mendline')
  makeFolder(dataDir)
  const file = readInstallation(join(dataDir, 'mendline.yml'))
  const { runner } = file
  return {
    dataDir,
    databaseUrl: env.DATABASE_URL,
    host: flags.host ?? env.MENDLINE_HOST ?? '127.0.0.1',
    port: portOf(flags.port ?? env.MENDLINE_PORT ?? 4680),
    roles: rolesOf(flags.roles),
    logLevel: levelOf(env.LOG_LEVEL ?? 'info'),
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    connections: file.connections.map((connection) => withPaths(connection, dataDir)),
    runner: {
      slots: runner.slots ?? 2,
      memoryBytes: runner.memory ?? 2 * 2 ** 30,
      timeoutMs: runner.timeout ?? 6 * 3_600_000,
      stallAfterMs: runner.stallAfter ?? 10 * 60_000,
      toolPath: runner.path ?? [],
    },
    pollEveryMs: file.poll?.every ?? 3 * 60_000,
    gatewayUrl: env.MENDLINE_GATEWAY_URL ?? 'http://127.0.0.1:4680',
  }
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new Invalid(`cannot make the data folder ${dataDir} (${codeOf(error)}): choose another with --data DIR`, {
      cause: error,
    })
  }
}

function readInstallation(path: string): z.infer<typeof InstallationFile> {
  const text = readIfThere(path)
  const parsed = InstallationFile.safeParse(text === undefined ? {} : parseYaml(text, path))
  if (parsed.success) return parsed.data
  throw new Invalid(`${path} is not a valid configuration: ${z.prettifyError(parsed.error)}`)
}

function parseYaml(text: string, path: string): unknown {
  try {
    return parse(text) ?? {}
  } catch (error) {
    throw new Invalid(`${path} is not YAML: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new Invalid(`cannot read ${path} (${codeOf(error)})`, { cause: error })
  }
}

function portOf(given: string | number): number {
  const port = Number(given)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new Invalid(`"${given}" is not a port: give a number from 0 (any free port) to 65535`)
}

function rolesOf(given: readonly string[] | undefined): readonly Role[] {
  if (given === undefined) return roles
  return given.map((name) => {
    const role = roles.find((known) => known === name)
    if (role === undefined) throw new Invalid(`"${name}" is not a role: choose of ${roles.join(', ')}`)
    return role
  })
}

function levelOf(given: string): LogLevel {
  const level = logLevels.find((known) => known === given)
  if (level === undefined) throw new Invalid(`LOG_LEVEL "${given}" is not a level: choose of ${logLevels.join(', ')}`)
  return level
}

function withPaths(connection: GithubConnection, dataDir: string): GithubConnection {
  const absolute = (path: string) => (isAbsolute(path) ? path : join(dataDir, path))
  return {
    ...connection,
    webhookSecretFiles: connection.webhookSecretFiles.map(absolute),
    ...(connection.tokenFile === undefined ? {} : { tokenFile: absolute(connection.tokenFile) }),
    ...(connection.app === undefined
      ? {}
      : { app: { ...connection.app, privateKeyFile: absolute(connection.app.privateKeyFile) } }),
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
