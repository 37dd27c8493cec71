import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Store } from '../../src/engine/database/database.ts'
import { startEmbedded } from '../../src/engine/database/embedded.ts'
import { openStore } from '../../src/engine/database/open.ts'
import { silentLogger } from '../../src/engine/telemetry/logger.ts'
import type { Control } from '../../test/github/lookalike.ts'
import { controlGithub } from '../../test/github/remote.ts'
import { startRole } from '../../test/journeys/process.ts'
import { workFolder } from '../measure.ts'

/**
 * An installation as a team runs it: PostgreSQL that forces to disk, the gateway, and a worker with the scheduler, each in
 * its own process; beside it a GitHub look-alike in another.
 */
export interface Installation {
  readonly github: Control
  readonly store: Store
}

const connection = 'acme'
const secret = 'a secret of the look-alike'
const definition = 'name: ci\non: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n'
// What limits reruns is not what is measured.
const policy = 'heal:\n  default: auto\n  budget: { reruns: 99999/day, minutes: 99999/day }\n'

export async function openInstallation(
  repositories: readonly string[],
): Promise<Installation & { close(): Promise<void> }> {
  await using opening = new AsyncDisposableStack()
  const dir = await mkdtemp(workFolder('decision'))
  opening.defer(() => rm(dir, { recursive: true, force: true }))

  const lookalike = await startLookalike()
  opening.defer(() => lookalike.stop())
  const { github } = lookalike
  // A real installation has several connections, each with an hourly budget of calls of its own; here one has them all.
  await github.setBudget({ remaining: 10_000_000, resetInMs: 24 * 3_600_000 })
  const files = { '.github/workflows/ci.yml': definition, '.mendline.yml': policy }
  for (const repository of repositories) await github.addRepository({ repository, files })

  const server = await startEmbedded({ dir: join(dir, 'postgres'), logger: silentLogger() })
  opening.defer(() => server.stop())
  await configure(dir, lookalike, repositories)
  const env = { MENDLINE_DATA: dir, DATABASE_URL: server.url }
  const gateway = await startRole({ ...env, ROLES: 'gateway' })
  opening.defer(() => gateway.kill())
  const worker = await startRole({ ...env, ROLES: 'worker,scheduler' })
  opening.defer(() => worker.kill())
  const store = await openStore(server.url, { logger: silentLogger(), max: 2 })
  opening.defer(() => store.close())
  await github.deliverTo({ url: `${gateway.url}/hooks/github/${connection}`, secret })

  const opened = opening.move()
  return { github, store, close: () => opened.disposeAsync() }
}

async function configure(dir: string, { url, token }: Lookalike, repositories: readonly string[]): Promise<void> {
  const file = {
    connections: [
      {
        id: connection,
        vendor: 'github',
        baseUrl: url,
        repositories,
        tokenFile: 'github-token',
        webhookSecretFiles: ['hook-secret'],
      },
    ],
  }
  await writeFile(join(dir, 'mendline.yml'), JSON.stringify(file))
  await writeFile(join(dir, 'github-token'), token)
  await writeFile(join(dir, 'hook-secret'), secret)
}

interface Lookalike {
  readonly github: Control
  readonly url: string
  readonly token: string
  stop(): Promise<void>
}

async function startLookalike(): Promise<Lookalike> {
  const main = fileURLToPath(new URL('../../test/github/main.ts', import.meta.url))
  const child = spawn(process.execPath, [main], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const { url, token } = JSON.parse(line) as { url: string; token: string }
  return {
    github: controlGithub(url),
    url,
    token,
    async stop() {
      child.kill()
      await ended
    },
  }
}
