import { createPrivateKey } from 'node:crypto'
import type { Connection } from './adapters/connection.ts'
import type { GithubAuth } from './adapters/github/auth.ts'
import { createGithubCi } from './adapters/github/ci.ts'
import { createNativeCi } from './adapters/native/ci.ts'
import type { Redact } from './adapters/redact.ts'
import { hooks } from './adapters/vendors.ts'
import type { Clock } from './base/clock.ts'
import type { Config, GithubConnection } from './config.ts'
import type { Database } from './engine/database/database.ts'
import type { Logger } from './engine/telemetry/logger.ts'
import { readSecret, type Secrets } from './secrets.ts'

/** The connection of our own build service: every installation has it. */
export const nativeConnection = 'native'

export interface ConnectDeps {
  readonly db: Database
  readonly clock: Clock
  readonly logger: Logger
  readonly redact: Redact
}

/** Every configured link to a CI system, by its id. */
export function connect(config: Config, secrets: Secrets, deps: ConnectDeps): ReadonlyMap<string, Connection> {
  const connections = [native(secrets, deps), ...config.connections.map((configured) => github(configured, deps))]
  return new Map(connections.map((connection) => [connection.id, connection]))
}

function native(secrets: Secrets, { db, clock, redact }: ConnectDeps): Connection {
  return {
    id: nativeConnection,
    vendor: 'native',
    secrets: [secrets.nativeHook],
    hook: hooks.native,
    ci: createNativeCi({ db, connection: nativeConnection, clock, redact }),
  }
}

function github(configured: GithubConnection, deps: ConnectDeps): Connection {
  const { id, repositories, baseUrl } = configured
  return {
    id,
    vendor: 'github',
    secrets: configured.webhookSecretFiles.map((file) => readSecret(file, `the webhook secret of connection ${id}`)),
    hook: hooks.github,
    ci: createGithubCi({ connection: id, repositories, baseUrl, auth: authOf(configured), ...deps }),
  }
}

function authOf({ id, app, tokenFile }: GithubConnection): GithubAuth {
  if (app === undefined) return { kind: 'token', token: readSecret(tokenFile ?? '', `the token of connection ${id}`) }
  const pem = readSecret(app.privateKeyFile, `the private key of connection ${id}`)
  return {
    kind: 'app',
    appId: String(app.id),
    installation: String(app.installation),
    privateKey: createPrivateKey(pem),
  }
}
