import type { Ci } from '../../src/adapters/ci.ts'
import { githubHook } from '../../src/adapters/github/hook.ts'
import { openStore } from '../../src/engine/database/open.ts'
import { silentLogger } from '../../src/engine/telemetry/logger.ts'
import { memorySources, startGateway } from '../../src/roles/gateway/gateway.fixture.ts'
import { secret } from './payloads.ts'

/** The real gateway in a process of its own; tells its parent the address. */
const store = await openStore(process.env.BENCH_DATABASE ?? '', { logger: silentLogger() })
const { url } = await startGateway(store, {
  ...memorySources().sources,
  connections: () => [{ id: 'acme', vendor: 'github', secrets: [secret], hook: githubHook, ci: {} as Ci }],
})
process.send?.(url)
process.on('disconnect', () => process.exit(0))
