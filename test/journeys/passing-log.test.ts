import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { initRepository } from '../../src/adapters/native/repositories/initialise.ts'
import { type App, startApp } from '../../src/app.ts'
import { type Client, connect } from '../../src/cli/client.ts'
import { loadConfig } from '../../src/config.ts'
import { nativeConnection } from '../../src/connections.ts'
import { HealingList, LogView, RunList, RunView } from '../../src/contract/views.ts'
import { silentLogger } from '../../src/engine/telemetry/logger.ts'
import { nativeSecretFile } from '../../src/secrets.ts'
import { developerIn } from './developer.ts'

/**
 * A job that always says many things that look like errors passes, and then fails of something that no pattern knows: what
 * is shown is what the log of the run that passed does not have, and it says so.
 */
const noise = [
  'Error: ENOENT: no such file or directory, open prices.json',
  'fatal: early EOF',
  'ERROR cannot reach the tax service, going on with the rates of yesterday',
]
const crates = Array.from({ length: 90 }, (_, n) =>
  n % 9 === 8 ? (noise[Math.floor(n / 9) % 3] ?? '') : `packed crate ${n} of 90`,
)
const cause = 'the shelf holds fewer pears than the basket of the guest'

let dir: string
let app: App
let api: Client
const waiting = { timeout: 30_000, interval: 100 }

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mendline-passing-'))
  app = await startApp(loadConfig({}, { data: dir, port: 0 }), { logger: silentLogger() })
  api = await connect(dir)
})
afterAll(async () => {
  await app?.close()
  await rm(dir, { recursive: true, force: true })
})

it('shows what is new against the log of the run that passed, and says against which', async () => {
  const shop = await openShop()
  await shop.push(crates, 'exit 0')
  await expect.poll(async () => await jobOf(1), waiting).toMatchObject({ conclusion: 'success' })
  const passed = await jobOf(1)
  expect(passed?.hasLog).toBe(false)

  await shop.push([...crates.slice(0, 75), cause, ...crates.slice(75)], 'exit 3')
  await expect.poll(async () => (await cases())[0]?.diagnosis?.evidence, waiting).toBeDefined()
  const diagnosis = (await cases())[0]?.diagnosis
  const [best] = diagnosis?.excerpts ?? []
  expect(best?.text[0]).toBe(cause)
  expect(best?.why).toBe('lines that the passing log does not have')
  expect(diagnosis?.excerpts.flatMap(({ text }) => text).filter((line) => noise.includes(line))).toEqual([])
  expect(diagnosis?.evidence.join('\n')).toMatch(/new: the log of run 1 on main, where this job passed, has none like/)
  expect(diagnosis?.comparedWith).toMatchObject({ number: 1 })

  // What was fetched for this is kept like any other log.
  const log = await api.get(`/v1/jobs/${encodeURIComponent(passed?.id ?? '')}/log?from=1&lines=500`, LogView)
  expect(log.lines.join('\n')).toContain(noise[0])
}, 60_000)

async function openShop() {
  const bare = join(dir, 'repositories', 'shop.git')
  await initRepository({
    db: app.store.db,
    dir: bare,
    name: 'acme/shop',
    connection: nativeConnection,
    gatewayUrl: api.url,
    secretFile: nativeSecretFile(dir),
  })
  const folder = join(dir, 'clone')
  await mkdir(join(folder, '.github', 'workflows'), { recursive: true })
  const steps = [{ uses: 'actions/checkout@v4' }, { run: 'sh build.sh' }]
  const workflow = { name: 'ci', on: 'push', jobs: { count: { 'runs-on': 'ubuntu-latest', steps } } }
  await writeFile(join(folder, '.github', 'workflows', 'ci.yml'), JSON.stringify(workflow))
  const developer = developerIn(folder)
  await developer.git('init', '--quiet', '--initial-branch=main')
  await developer.git('remote', 'add', 'origin', bare)
  return {
    async push(lines: readonly string[], ending: string) {
      await writeFile(join(folder, 'build.sh'), `${[...lines.map((line) => `echo '${line}'`), ending].join('\n')}\n`)
      await developer.push('main', 'Count the pears')
    },
  }
}

async function cases() {
  return (await api.get('/v1/healings', HealingList)).healings
}

async function jobOf(number: number) {
  const { runs } = await api.get('/v1/runs', RunList)
  const found = runs.find((run) => run.number === number)
  if (found === undefined) return undefined
  return (await api.get(`/v1/runs/${encodeURIComponent(found.id)}`, RunView)).jobs[0]
}
