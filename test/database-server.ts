import { rmSync } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DBOS } from '@dbos-inc/dbos-sdk'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { claim } from '../src/engine/database/claim.ts'
import { type EmbeddedServer, startEmbedded } from '../src/engine/database/embedded.ts'
import { migrate } from '../src/engine/database/migrate.ts'
import { openStore } from '../src/engine/database/open.ts'
import { clearLeftOver } from '../src/engine/database/postmaster.ts'
import { silentLogger } from '../src/engine/telemetry/logger.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the URL of a server that has the template database; starts it when first asked. */
    readonly databaseDoor: string
  }
}

export const templateName = 'mendline_template'

/** One PostgreSQL for the whole run, started only if a test wants one: a run without database tests pays nothing. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<TestServer> | undefined
  const door = createServer((_request, response) => {
    starting ??= startServer()
    starting.then(
      ({ server }) => response.end(server.url),
      (error: Error) => response.writeHead(500).end(error.stack),
    )
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  door.unref()
  project.provide('databaseDoor', `http://127.0.0.1:${(door.address() as AddressInfo).port}/`)
  return async () => {
    door.close()
    const started = await starting?.catch(() => undefined)
    await started?.server.stop()
    if (started !== undefined) rmSync(started.dir, { recursive: true, force: true })
  }
}

interface TestServer {
  readonly server: EmbeddedServer
  readonly dir: string
}

async function startServer(): Promise<TestServer> {
  await sweep()
  const dir = await mkdtemp(join(tmpdir(), folderPrefix))
  let server: EmbeddedServer | undefined
  try {
    server = await startEmbedded({ dir, logger: silentLogger(), durable: false })
    await makeTemplate(server.url)
    return { server, dir }
  } catch (error) {
    await server?.stop()
    rmSync(dir, { recursive: true, force: true })
    throw error
  }
}

const folderPrefix = 'mendline-test-'
const abandonedAfterMs = 600_000

/** Ends and removes what runs that were killed left behind. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const dir = join(tmpdir(), name)
    if (!name.startsWith(folderPrefix)) continue
    try {
      if (Date.now() - (await stat(dir)).mtimeMs < abandonedAfterMs) continue
      const release = await claim(dir)
      await clearLeftOver(join(dir, 'postgres'))
      await rm(dir, { recursive: true })
      await release()
    } catch {
      // In use, or another user's.
    }
  }
}

async function makeTemplate(url: string): Promise<void> {
  await query(url, `create database ${templateName}`)
  const template = withDatabase(url, templateName)
  const store = await openStore(template, { logger: silentLogger(), max: 2 })
  await migrate(store)
  await store.close()
  await DBOS.migrate(template)
  await query(url, `alter database ${templateName} with is_template true allow_connections false`)
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

export async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}
