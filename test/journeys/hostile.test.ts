import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { initRepository } from '../../src/adapters/native/repositories/initialise.ts'
import { type App, startApp } from '../../src/app.ts'
import { type Client, connect } from '../../src/cli/client.ts'
import { followEvents } from '../../src/cli/up/follow.ts'
import { createNarrator } from '../../src/cli/up/narrator.ts'
import { storyLine } from '../../src/cli/up/terminal.ts'
import { loadConfig } from '../../src/config.ts'
import { nativeConnection } from '../../src/connections.ts'
import { HealingList, type HealingView, RunView } from '../../src/contract/views.ts'
import { createLogger } from '../../src/engine/telemetry/logger.ts'
import { nativeSecretFile } from '../../src/secrets.ts'
import { hasChromium, launch } from '../browser/chromium.ts'
import { lookThroughCells } from './cells.ts'
import { developerIn } from './developer.ts'
import { evilText, leaks, longWord, privateKey, secrets } from './evil.ts'
import { run } from './program.ts'

/**
 * A repository whose every name and every line wants to be more than text: pushed, built, diagnosed, narrated, shown. At
 * the end nothing was obeyed, and no secret that it leaked is anywhere.
 */
let dir: string
let marker: string
let app: App
let api: Client
let stopFollowing: () => Promise<void>
const waiting = { timeout: 45_000, interval: 200 }
const narrated: string[] = []
/** What a terminal or a browser would obey. */
const obeyed = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mendline-hostile-'))
  marker = join(dir, 'owned')
  const stream = createWriteStream(join(dir, 'mendline.log'))
  const logger = createLogger({ level: 'debug', name: 'mendline', stream })
  app = await startApp(loadConfig({}, { data: dir, port: 0 }), { logger })
  api = await connect(dir)
  const narrate = createNarrator({ approve: (permit) => `mendline approve ${permit}` })
  stopFollowing = followEvents(app.store, logger, (event) => {
    const line = narrate(event)
    if (line !== undefined) narrated.push(storyLine(1, 1, line))
  })
})
afterAll(async () => {
  await stopFollowing?.()
  await app?.close()
  await rm(dir, { recursive: true, force: true })
})

it('is diagnosed in spite of all, and asked about', async () => {
  await pushEvil()
  await expect.poll(() => cases('network').catch(() => undefined), waiting).toMatchObject({ state: 'asking' })
  await expect.poll(() => cases('tests').catch(() => undefined), waiting).toMatchObject({ state: 'asking' })
  const [reset, test] = await Promise.all([cases('network'), cases('tests')])
  expect(reset).toMatchObject({ state: 'asking', diagnosis: { category: 'net.reset' } })
  expect(test).toMatchObject({ diagnosis: { category: 'code.test' } })
  expect(existsSync(marker)).toBe(false)
}, 100_000)

it('reaches a terminal as text: the story, and every command that shows some of it', async () => {
  expect(narrated.join('\n')).toContain('<img src=x')
  const { permit, jobId } = await cases('network')
  const log = join(dir, 'job.log')
  await writeFile(log, await text(`/v1/jobs/${encodeURIComponent(jobId ?? '')}/log.txt`))
  const commands = [
    ['refuse', permit?.id ?? '', '--why', evilText(marker), '--data', dir],
    ['approve', permit?.id ?? '', '--data', dir],
    ['diagnose', log],
    ['diagnose', log, '--format', 'json'],
    ['doctor', '--data', dir],
  ]
  // One after the other: the refusal must be the first answer that the permit hears.
  const said: Awaited<ReturnType<typeof run>>[] = []
  for (const command of commands) said.push(await run(...command))
  expect(said[0]?.output).toContain('<img src=x')
  expect(said[2]?.output).toMatch(/net\.reset/)
  for (const shown of [...narrated, ...said.flatMap(({ output, errors }) => [output, errors])])
    expect(shown).not.toMatch(obeyed)
  expect(existsSync(marker)).toBe(false)
})

it.skipIf(!hasChromium())('reaches a browser as text: no script runs, no element comes of it', async () => {
  const browser = await launch()
  try {
    const page = await (await browser.newContext()).newPage()
    await page.goto(`${api.url}/sign-in?token=${app.secrets.token}`)
    const seen = [await cases('network'), await cases('tests')]
    const paths = seen.flatMap(({ id, run: { id: runId } }) => [
      `/healing/${encodeURIComponent(id)}`,
      `/runs/${encodeURIComponent(runId)}`,
    ])
    for (const path of ['/', '/runs', '/healing', '/events', ...paths]) {
      await page.goto(api.url + path)
      await page.getByText('<img src=x').first().waitFor()
      expect(await page.locator('body').innerText(), path).not.toMatch(/[\x00\x1b\u202a-\u202e\u2066-\u2069]/)
      expect(await page.evaluate('window.owned'), path).toBeUndefined()
      expect(await page.locator('main img, main script, main a[href^="https://evil.example"]').count(), path).toBe(0)
    }
  } finally {
    await browser.close()
  }
})

it('leaves no secret in any answer, nor anything that a terminal would obey', async () => {
  const seen = [await cases('network'), await cases('tests')]
  const paths = [
    ...[
      '/v1/now',
      '/v1/runs',
      '/v1/healings',
      '/v1/events',
      '/v1/incidents',
      '/v1/permits',
      '/v1/autonomy',
      '/metrics',
    ],
    ...['/v1/flows/stuck', '/v1/stop', '/readyz'],
    ...seen.flatMap(({ id, jobId, run: { id: runId } }) => [
      `/v1/healings/${encodeURIComponent(id)}`,
      `/v1/runs/${encodeURIComponent(runId)}`,
      `/v1/jobs/${encodeURIComponent(jobId ?? '')}/log?lines=2000&from=1`,
      `/v1/jobs/${encodeURIComponent(jobId ?? '')}/log.txt`,
    ]),
  ]
  for (const path of paths) {
    const answer = await text(path)
    expect(secretsIn(answer), path).toEqual([])
    expect(plain(answer, path), path).toEqual([])
  }
})

it('leaves no secret in any column of any table, nor in the log of the program', async () => {
  expect(secretsIn(await readFile(join(dir, 'mendline.log'), 'utf8'))).toEqual([])
  const { columns, found } = await lookThroughCells(app.store, secretsIn)
  expect(columns).toBeGreaterThan(100)
  expect(found).toEqual([])
})

/** Two branches, each with one job that fails for another reason. */
async function pushEvil(): Promise<void> {
  const evil = evilText(marker)
  const bare = join(dir, 'repositories', 'evil.git')
  await initRepository({
    db: app.store.db,
    dir: bare,
    name: 'evil/shop',
    connection: nativeConnection,
    gatewayUrl: api.url,
    secretFile: nativeSecretFile(dir),
  })
  const folder = join(dir, 'clone')
  await mkdir(join(folder, '.github', 'workflows'), { recursive: true })
  await writeFile(
    join(folder, '.mendline.yml'),
    'heal:\n  default: auto\n  remedies:\n    rerun-failed: { mode: ask }\n',
  )
  const printed = [evil, longWord, ...leaks, ...privateKey, evil]
  await writeFile(join(folder, 'output.txt'), `${printed.join('\n')}\n`)
  await writeFile(
    join(folder, 'evil.test.mjs'),
    `import test from 'node:test'\ntest(${JSON.stringify(`${evil} ${leaks[0]} ${longWord}`)}, () => { throw new Error(${JSON.stringify(printed.join('\n'))}) })\n`,
  )
  const developer = developerIn(folder, {
    name: `Eve ${evil.replaceAll(/[<>]/g, '')} ${secrets.gitlab}`,
    email: 'eve@evil.example',
  })
  await developer.git('init', '--quiet', '--initial-branch=main')
  await developer.git('remote', 'add', 'origin', bare)
  // The policy is that of the default branch, whatever is pushed elsewhere.
  await developer.push('main', 'No workflow yet')
  const message = `${evil} ${leaks.join(' ')} ${longWord}\n\n${privateKey.join('\n')}`
  for (const [kind, command] of [
    ['network', 'cat output.txt; echo "Error: read ECONNRESET" >&2; exit 1'],
    ['tests', `${JSON.stringify(process.execPath)} --test evil.test.mjs`],
  ] as const) {
    await writeFile(join(folder, '.github', 'workflows', 'ci.yml'), JSON.stringify(workflow(evil, command)))
    await developer.push(`${kind}-$(touch\${IFS}owned);'"<b>&|\u202Ex`, message)
  }
}

function workflow(evil: string, command: string): unknown {
  const steps = [{ uses: 'actions/checkout@v4' }, { name: `${evil} ${longWord}`, run: command }]
  const job = { name: `${evil} ${longWord}`, 'runs-on': 'ubuntu-latest', steps }
  return { name: `${evil} ${longWord}`, on: 'push', jobs: { test: job } }
}

async function cases(kind: 'network' | 'tests'): Promise<HealingView> {
  const { healings } = await api.get('/v1/healings', HealingList)
  const found = healings.find(({ run }) => run.branch?.startsWith(kind))
  if (found === undefined) throw new Error(`no case on the branch ${kind}`)
  RunView.parse(JSON.parse(await text(`/v1/runs/${encodeURIComponent(found.run.id)}`)))
  return found
}

async function text(path: string): Promise<string> {
  const answer = await fetch(api.url + path, { headers: { authorization: `Bearer ${app.secrets.token}` } })
  expect(answer.status, path).toBe(200)
  return await answer.text()
}

function secretsIn(where: string): readonly string[] {
  return Object.entries(secrets).flatMap(([name, secret]) => (where.includes(secret) ? [name] : []))
}

/** Every string of an answer that holds what would be obeyed. */
function plain(answer: string, path: string): readonly string[] {
  // The file to download is the log as it was printed, but for its secrets.
  if (path.endsWith('.txt')) return []
  if (!path.startsWith('/v1')) return obeyed.test(answer) ? [answer] : []
  const bad: string[] = []
  JSON.parse(answer, (key, value: unknown) => {
    for (const one of [key, value])
      if (typeof one === 'string' && obeyed.test(one.replaceAll('\t', ' '))) bad.push(`${key}: ${one.slice(0, 80)}`)
    return value
  })
  return bad
}
