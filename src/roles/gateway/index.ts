import type { Connection } from '../../adapters/connection.ts'
import type { Clock } from '../../base/clock.ts'
import type { Store } from '../../engine/database/database.ts'
import type { Tail } from '../../engine/eventlog/tail.ts'
import type { Logger } from '../../engine/telemetry/logger.ts'
import type { WebhookCounts } from './hooks.ts'
import { createServer } from './server.ts'
import type {
  Autonomy,
  Check,
  Families,
  Healings,
  Incidents,
  Models,
  PermitDesk,
  StopSwitch,
  StuckFlows,
} from './sources.ts'

export interface GatewayDeps {
  readonly store: Store
  readonly tail: Tail
  readonly logger: Logger
  readonly clock: Clock
  /** Asked for every delivery, so that connections may come and go while we run. */
  readonly connections: () => readonly Connection[]
  /** The secret of this installation: whoever has it is the administrator. Never logged. */
  readonly token: string
  /** Takes secrets out of text before it is kept. */
  readonly redact: (text: string) => string
  /** Folder of the built dashboard. */
  readonly dashboard: string
  /** What else this process needs to do its work; the database is always looked at. */
  readonly checks: readonly Check[]
  readonly webhooks: WebhookCounts
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>
  /** How often a live socket hears that we are still there; 15 s. */
  readonly heartbeatMs?: number
  readonly healings: Healings
  readonly families: Families
  readonly models: Models
  readonly permits: PermitDesk
  readonly autonomy: Autonomy
  readonly stop: StopSwitch
  readonly incidents: Incidents
  readonly flows: StuckFlows
}

export interface Gateway {
  /** Answers the address that was bound; `Invalid` with one clear sentence when it cannot be. */
  listen(address: { readonly host?: string; readonly port: number }): Promise<string>
  /** Ends live sockets, lets running requests finish, then stops. Twice does no harm. */
  close(): Promise<void>
  /** The address since `listen`. */
  readonly url: string
}

/**
 * The one way in: webhooks, the API, the live socket and the dashboard. It verifies, keeps, presents and passes on; it
 * decides nothing about pipelines.
 */
export async function createGateway(deps: GatewayDeps): Promise<Gateway> {
  return await createServer(deps)
}
