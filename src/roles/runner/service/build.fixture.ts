import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { LogAnswer } from '../../../adapters/ci.ts'
import { createNativeCi } from '../../../adapters/native/ci.ts'
import { nativeHook } from '../../../adapters/native/hook.ts'
import { createSender } from '../../../adapters/native/outbox/sender.ts'
import { initRepository } from '../../../adapters/native/repositories/initialise.ts'
import { systemClock } from '../../../base/clock.ts'
import { createHttpClient } from '../../../base/http-client.ts'
import type { Store } from '../../../engine/database/database.ts'
import { silentLogger } from '../../../engine/telemetry/logger.ts'
import { redactText } from '../../../loops/heal/logs/redact.ts'
import type { NewEvent } from '../../../model/events.ts'
import { planPush } from './coordinator.ts'
import { createRunner, type Runner, type RunnerOptions } from './runner.ts'

export const connection = 'home'
export const repository = 'acme/shop'
export const secret = 'a-secret-of-the-hook'

/** A gateway that verifies, parses and keeps; it can be away, and then refuses. */
async function openGateway() {
  const events: NewEvent[] = []
  const listeners = new Set<(event: NewEvent) => void>()
  let refusing = false
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts)
    const headers = request.headers as Record<string, string | undefined>
    const delivery = { connection, headers, body }
    if (refusing || request.url !== `/hooks/native/${connection}`) return void response.writeHead(503).end()
    if (!nativeHook.verify(delivery, [secret])) return void response.writeHead(401).end()
    const answer = nativeHook.read(delivery)
    if (answer.kind !== 'events') throw new Error(JSON.stringify(answer))
    for (const event of answer.events) {
      events.push(event)
      for (const listener of listeners) listener(event)
    }
    response.writeHead(202).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events,
    hear: (listener: (event: NewEvent) => void) => listeners.add(listener),
    refuse: (value: boolean) => {
      refusing = value
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

export type Build = Awaited<ReturnType<typeof openBuild>>

/** A whole build service: bare repository, gateway, reports, and runners as many as asked. */
export async function openBuild(store: Store) {
  const root = mkdtempSync(join(tmpdir(), 'build-'))
  const bare = join(root, 'shop.git')
  const checkout = join(root, 'checkout')
  const secretFile = join(root, 'secret')
  writeFileSync(secretFile, `${secret}\n`)
  const gateway = await openGateway()
  const deps = { clock: systemClock, labels: [] }
  const { db } = store
  const configure = (variables: Readonly<Record<string, string>> = {}) =>
    initRepository({ db, dir: bare, name: repository, connection, gatewayUrl: gateway.url, secretFile, variables })
  await configure()
  await git(root, 'clone', '--quiet', bare, checkout)
  await git(checkout, 'checkout', '--quiet', '-b', 'main')
  gateway.hear((event) => {
    if (event.type === 'push.received') void planPush(db, event.data, deps)
  })
  const sender = createSender({
    db,
    gateway: { url: gateway.url, connection, secret },
    http: createHttpClient(),
    logger: silentLogger(),
    idleMs: 30,
  })
  sender.start()
  const runners: Runner[] = []
  const dir = join(root, 'runner')
  return {
    root,
    bare,
    dir,
    deps,
    gateway,
    sender,
    configure,
    ci: createNativeCi({ db, connection, clock: systemClock, redact: redactText }),
    /** Commit these files on a branch and push it; answers the commit. A new branch begins at `from`. */
    async push(files: Readonly<Record<string, string>>, branch = 'main', from?: string): Promise<string> {
      if ((await git(checkout, 'branch', '--show-current')) !== branch)
        // Before the first commit there is no HEAD that could be named.
        await git(checkout, 'checkout', '--quiet', '-B', branch, ...(from === undefined ? [] : [from]))
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(join(checkout, dirname(path)), { recursive: true })
        writeFileSync(join(checkout, path), text)
      }
      await git(checkout, 'add', '.')
      await git(checkout, 'commit', '--quiet', '--allow-empty', '-m', 'a change')
      await git(checkout, 'push', '--quiet', 'origin', branch)
      return git(checkout, 'rev-parse', 'HEAD')
    },
    startRunner(options: Partial<RunnerOptions> = {}): Runner {
      const runner = createRunner({
        db,
        connection,
        name: `runner-${runners.length + 1}`,
        slots: 2,
        dir,
        defaults: { timeoutMs: 60_000, stallAfterMs: 60_000 },
        clock: systemClock,
        logger: silentLogger(),
        ...options,
      })
      runner.start()
      runners.push(runner)
      return runner
    },
    async close() {
      for (const runner of runners) await runner.stop()
      await sender.stop()
      await gateway.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

const run = promisify(execFile)

/** Never while blocking: the hook of a push speaks to the gateway in this very process. */
export async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@shop.example', '-c', 'commit.gpgsign=false']
  return (await run('git', [...who, ...args], { cwd })).stdout.trim()
}

/** The whole text of a log, or why there is none. */
export async function readLog(answer: LogAnswer): Promise<string> {
  if (answer.kind === 'absent') return answer.sentence
  const parts: Uint8Array[] = []
  for await (const part of answer.bytes) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
