import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type App, startApp } from '../../src/app.ts'
import { loadConfig } from '../../src/config.ts'
import { EventList, HealingList, HealingView, RunView } from '../../src/contract/views.ts'
import { createLogger } from '../../src/engine/telemetry/logger.ts'
import { healId } from '../../src/loops/heal/flow.ts'
import { hasChromium, launch } from '../browser/chromium.ts'
import { testStore } from '../database.ts'
import { type GithubLookalike, startGithub } from '../github/lookalike.ts'
import { lookThroughCells } from './cells.ts'
import { secrets } from './evil.ts'

/**
 * Somebody has written a token into every name that a pipeline can have. Its failures are mended as any other, whether the
 * webhook or the poller brought them, and the token is nowhere afterwards.
 */
const token = secrets.github
const masked = 'test with ***'
const connection = 'acme'
const repositories = { polled: 'acme/polled', told: 'acme/told' } as const
const branch = `fix/${token}`
const names = [`test with ${token}`, `ci ${token}`, `.github/workflows/${token}.yml`] as const
const [job, workflow, path] = names
// Read as a workflow, no job of it has effects: only then the names were found to be the same.
const definition = JSON.stringify({
  name: workflow,
  on: 'push',
  jobs: { [token]: { name: job, 'runs-on': 'ubuntu-latest', steps: [{ name: `say ${token}`, run: 'npm test' }] } },
})
const policy = `heal: { default: auto, never: ["${token}/deploy"] }`
const log = [
  '##[group]Run npm test',
  '##[endgroup]',
  'fetch-pack: unexpected disconnect while reading sideband packet',
  'fatal: early EOF',
  '##[error]Process completed with exit code 1.',
]

let dir: string
let github: GithubLookalike
let app: App
const runs: string[] = []

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mendline-names-'))
  github = await startGithub()
  await writeFile(join(dir, 'token-of-github'), github.token)
  await writeFile(join(dir, 'hook'), 'hook secret')
  const link = {
    id: connection,
    vendor: 'github',
    baseUrl: github.url,
    repositories: Object.values(repositories),
    tokenFile: 'token-of-github',
    webhookSecretFiles: ['hook'],
  }
  await writeFile(join(dir, 'mendline.yml'), JSON.stringify({ connections: [link], poll: { every: '1s' } }))
  const { url } = await testStore()
  const config = loadConfig(
    { MENDLINE_DATA: dir, DATABASE_URL: url },
    { port: 0, roles: ['gateway', 'worker', 'scheduler'] },
  )
  const stream = createWriteStream(join(dir, 'mendline.log'))
  app = await startApp(config, { logger: createLogger({ level: 'debug', name: 'mendline', stream }) })
})
afterAll(async () => {
  await app.close()
  await github.close()
  await rm(dir, { recursive: true, force: true })
})

it('is mended when the poller brings it', async () => {
  const run = await failIn(repositories.polled)
  expect(await mended(run)).toMatchObject(likeAnyOther)
})

it('is mended when the webhook brings it, under the same names', async () => {
  await github.deliverTo({ url: `${app.url}/hooks/github/${connection}`, secret: 'hook secret' })
  const run = await failIn(repositories.told, { archiveOnly: true })
  expect(await mended(run)).toMatchObject(likeAnyOther)
  const { rows } = await app.store.pool.query(`select 1 from deliveries where state = 'accepted'`)
  expect(rows.length).toBeGreaterThan(3)
  const { events } = EventList.parse(JSON.parse(await text('/v1/events?limit=500')))
  expect(
    events.filter(({ subject, type }) => subject === `${connection}/${run}` && type === 'run.failed'),
  ).toHaveLength(1)
  const view = RunView.parse(JSON.parse(await text(`/v1/runs/${encodeURIComponent(`${connection}/${run}`)}`)))
  expect(view.run).toMatchObject({ pipeline: 'ci ***', branch: 'fix/***', title: 'Use *** for now' })
})

it('leaves the token in no answer of the API', async () => {
  const { healings } = HealingList.parse(JSON.parse(await text('/v1/healings')))
  expect(healings).toHaveLength(2)
  const paths = [
    ...['/v1/now', '/v1/runs', '/v1/healings', '/v1/events?limit=500', '/v1/permits', '/v1/autonomy', '/v1/families'],
    ...['/v1/incidents', '/v1/flows/stuck', '/metrics'],
    ...healings.flatMap(({ id, jobId, run }) => [
      `/v1/healings/${encodeURIComponent(id)}`,
      `/v1/runs/${encodeURIComponent(run.id)}`,
      `/v1/jobs/${encodeURIComponent(jobId ?? '')}/log?lines=2000&from=1`,
    ]),
  ]
  for (const where of paths) expect(await text(where), where).not.toContain(token)
})

it.skipIf(!hasChromium())('leaves the token on no screen', async () => {
  const browser = await launch()
  try {
    const page = await (await browser.newContext()).newPage()
    await page.goto(`${app.url}/sign-in?token=${app.secrets.token}`)
    const pages = runs.flatMap((run) => [
      `/runs/${encodeURIComponent(`${connection}/${run}`)}`,
      `/healing/${encodeURIComponent(healId(`${connection}/${run}`, 1))}`,
    ])
    for (const where of ['/', '/runs', '/healing', '/failures', '/events', ...pages]) {
      await page.goto(`${app.url}${where}`)
      await page.getByText('***').first().waitFor()
      expect(await page.content(), where).not.toContain(token)
    }
  } finally {
    await browser.close()
  }
})

it('leaves the token in no column of any table, nor in the log of the program', async () => {
  expect(await readFile(join(dir, 'mendline.log'), 'utf8')).not.toContain(token)
  const { columns, found } = await lookThroughCells(app.store, (cell) => (cell.includes(token) ? ['the token'] : []))
  expect(columns).toBeGreaterThan(100)
  expect(found).toEqual([])
})

const likeAnyOther = {
  outcome: 'mended',
  plan: { remedy: 'rerun-failed' },
  permit: { state: 'used', bound: { jobs: [masked] } },
  proof: { held: true },
}

async function failIn(repository: string, more: { readonly archiveOnly?: boolean } = {}): Promise<string> {
  await github.addRepository({ repository, files: { '.mendline.yml': policy } })
  await github.push({ repository, branch, files: { [path]: definition } })
  await github.script({ repository })
  const run = await github.addRun({
    repository,
    branch,
    workflow,
    path,
    title: `Use ${token} for now`,
    jobs: [{ name: job, log }],
    end: { jobs: { [job]: 'failure' } },
    ...more,
  })
  runs.push(run.id)
  return run.id
}

async function mended(run: string): Promise<HealingView> {
  const where = `/v1/healings/${encodeURIComponent(healId(`${connection}/${run}`, 1))}`
  const state = async () => HealingView.parse(JSON.parse(await text(where))).state
  await expect.poll(() => state().catch(() => undefined), { timeout: 20_000 }).toBe('finished')
  return HealingView.parse(JSON.parse(await text(where)))
}

async function text(where: string): Promise<string> {
  const answer = await fetch(`${app.url}${where}`, { headers: { authorization: `Bearer ${app.secrets.token}` } })
  expect(answer.status, where).toBe(200)
  return await answer.text()
}
