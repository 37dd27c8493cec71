import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type App, startApp } from '../../src/app.ts'
import { loadConfig } from '../../src/config.ts'
import type { FamilyView } from '../../src/contract/learning.ts'
import type { EventList, HealingView, PermitView } from '../../src/contract/views.ts'
import { silentLogger } from '../../src/engine/telemetry/logger.ts'
import { healId } from '../../src/loops/heal/flow.ts'
import { testStore } from '../database.ts'
import type { Fault } from '../github/faults.ts'
import { type GithubLookalike, startGithub } from '../github/lookalike.ts'

/** The whole program in one process against the look-alike: what becomes of a failure, as people see it by the API. */
let dir: string
let github: GithubLookalike
let app: App
let cases = 0
let repository = ''

const secret = 'hook secret'
const definition = 'name: ci\non: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n'
const lines = {
  'broken-transfer': (word: string) => [
    `fetch-pack: unexpected disconnect while reading sideband packet from ${word}`,
    'fatal: early EOF',
  ],
  'compile-error': (word: string) => [
    `src/${word}.ts(10,24): error TS2322: Type 'string' is not assignable to type 'number'.`,
  ],
}

type End = { readonly jobs?: Readonly<Record<string, 'failure'>>; readonly log?: readonly string[] }
const green: End = {}
const red: End = { jobs: { test: 'failure' } }

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mendline-heal-'))
  github = await startGithub()
  const repositories = Array.from({ length: 40 }, (_, n) => `acme/shop-${n}`)
  const connection = {
    id: 'acme',
    vendor: 'github',
    baseUrl: github.url,
    repositories,
    tokenFile: 'token-of-github',
    webhookSecretFiles: ['hook'],
  }
  await writeFile(join(dir, 'mendline.yml'), JSON.stringify({ connections: [connection] }))
  await writeFile(join(dir, 'token-of-github'), github.token)
  await writeFile(join(dir, 'hook'), secret)
  const { url } = await testStore()
  const config = loadConfig(
    { MENDLINE_DATA: dir, DATABASE_URL: url },
    { port: 0, roles: ['gateway', 'worker', 'scheduler'] },
  )
  app = await startApp(config, { logger: silentLogger() })
  await github.deliverTo({ url: `${app.url}/hooks/github/acme`, secret })
})
afterAll(async () => {
  await app.close()
  await github.close()
  await rm(dir, { recursive: true, force: true })
})
beforeEach(async () => {
  await github.clearFaults()
  cases += 1
  repository = `acme/shop-${cases}`
})

async function api<T>(path: string, body?: unknown): Promise<{ status: number; json: T }> {
  const response = await fetch(`${app.url}${path}`, {
    headers: { authorization: `Bearer ${app.secrets.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
  return { status: response.status, json: (await response.json()) as T }
}

/** A run of a repository with this policy (none with null) fails; answers its id. `ends` are those of its reruns. */
async function fail(
  kind: keyof typeof lines,
  policy: string | null = 'heal: { default: auto }',
  ends: readonly End[] = [],
): Promise<string> {
  const files = { '.github/workflows/ci.yml': definition, ...(policy === null ? {} : { '.mendline.yml': policy }) }
  await github.addRepository({ repository, files })
  for (const end of ends) await github.script({ repository, ...end, log: logOf(kind) })
  return await failAgain(kind)
}

async function failAgain(kind: keyof typeof lines): Promise<string> {
  const run = await github.addRun({
    repository,
    jobs: [{ name: 'test', log: logOf(kind) }],
    end: { jobs: { test: 'failure' } },
  })
  return run.id
}

/** A family of its own for each test: numbers are masked in fingerprints, letters are not. */
function logOf(kind: keyof typeof lines): readonly string[] {
  const word = [...String(cases)].map((digit) => 'abcdefghij'[Number(digit)]).join('x')
  return ['##[group]Run npm test', '##[endgroup]', ...lines[kind](word), '##[error]Process completed with exit code 1.']
}

async function healing(run: string, attempt = 1): Promise<HealingView | undefined> {
  const { status, json } = await api<HealingView>(`/v1/healings/${encodeURIComponent(healId(`acme/${run}`, attempt))}`)
  return status === 200 ? json : undefined
}

async function finished(run: string, attempt = 1): Promise<HealingView> {
  await expect.poll(async () => (await healing(run, attempt))?.state, { timeout: 20_000 }).toBe('finished')
  const view = await healing(run, attempt)
  if (view === undefined) throw new Error('the case is gone')
  return view
}

async function asked(run: string): Promise<PermitView> {
  await expect.poll(async () => (await healing(run))?.permit?.state, { timeout: 20_000 }).toBe('asked')
  const permit = (await healing(run))?.permit
  if (permit == null) throw new Error('the permit is gone')
  return permit
}

describe('a failed run', () => {
  test('that a rerun can mend is rerun once and proven at the same commit', async () => {
    const run = await fail('broken-transfer', undefined, [green])
    const view = await finished(run)
    expect(view).toMatchObject({
      outcome: 'mended',
      plan: { remedy: 'rerun-failed' },
      permit: { state: 'used' },
      proof: { held: true },
    })
    expect(await github.reruns(run)).toBe(1)
  })

  test('that will fail again is told to its author with file and line, and not rerun', async () => {
    const run = await fail('compile-error')
    const view = await finished(run)
    expect(view).toMatchObject({
      outcome: 'told',
      plan: { remedy: 'escalate' },
      diagnosis: { category: 'code.compile' },
    })
    expect(view.diagnosis?.location).toMatchObject({ line: 10 })
    expect(await github.reruns(run)).toBe(0)
  })

  test('of a repository that allows nothing yet is only suggested, with the reason written down', async () => {
    const run = await fail('broken-transfer', null)
    const view = await finished(run)
    expect(view.outcome).toBe('refused')
    expect(view.permit?.reasons.map((reason) => reason.code)).toEqual(['mode-suggest'])
    expect(await github.reruns(run)).toBe(0)
  })

  test('with a broken policy is only suggested, and the mistake is told with its line', async () => {
    const run = await fail('broken-transfer', 'heal:\n  default: autopilot\n')
    const view = await finished(run)
    expect(view.outcome).toBe('refused')
    expect(view.moments.map((moment) => moment.sentence).join(' ')).toContain('.mendline.yml, line 2')
  })

  test('that stays red is tried at most twice, each attempt once, then handed to people', async () => {
    const run = await fail('broken-transfer', undefined, [red, red])
    expect((await finished(run, 1)).outcome).toBe('not-mended')
    expect((await finished(run, 2)).outcome).toBe('not-mended')
    const last = await finished(run, 3)
    expect(['told', 'refused']).toContain(last.outcome)
    expect(await github.reruns(run)).toBe(2)
  })

  test('that a person reran meanwhile is left alone', async () => {
    const run = await fail('broken-transfer', 'heal: { default: ask }')
    const permit = await asked(run)
    await github.rerunBy(run, 'grace')
    const answer = await api<PermitView>(`/v1/permits/${permit.id}/approve`, {})
    expect(answer.json.state ?? answer.status).toBe(answer.status === 200 ? 'void' : 409)
    expect((await finished(run)).outcome).toBe('refused')
    expect(await github.reruns(run)).toBe(1)
  })

  test('that a person was asked about is rerun after a yes and left after a no', async () => {
    const yes = await fail('broken-transfer', 'heal: { default: ask }', [green])
    expect((await api<PermitView>(`/v1/permits/${(await asked(yes)).id}/approve`, {})).status).toBe(200)
    expect((await finished(yes)).outcome).toBe('mended')
    const no = await failAgain('broken-transfer')
    expect((await api<PermitView>(`/v1/permits/${(await asked(no)).id}/refuse`, { why: 'not today' })).status).toBe(200)
    const view = await finished(no)
    expect(view.outcome).toBe('refused')
    expect(view.permit?.reasons.map((reason) => reason.sentence).join(' ')).toContain('not today')
    expect(await github.reruns(no)).toBe(0)
  })

  test('is not touched while the stop switch is engaged', async () => {
    await api('/v1/stop', { why: 'a test of it' })
    const run = await fail('broken-transfer')
    const view = await finished(run)
    await api('/v1/resume', {})
    expect(view.outcome).toBe('refused')
    expect(view.permit?.reasons.map((reason) => reason.code)).toContain('stopped')
    expect(await github.reruns(run)).toBe(0)
  })
})

describe('a failed run is handled, and rerun exactly once,', () => {
  const status = (code: number, headers = {}): Fault => ({ kind: 'status', status: code, headers })
  test.each<[string, Fault]>([
    ['502', status(502)],
    ['a secondary limit (403 with retry-after)', status(403, { 'retry-after': '2' })],
    ['429 with retry-after', status(429, { 'retry-after': '2' })],
    ['nothing, after it had begun the rerun', { kind: 'drop-after' }],
    ['502, after it had begun the rerun', { kind: 'status-after', status: 502 }],
  ])('when the vendor answers the rerun with %s', async (_name, fault) => {
    await github.fault({ route: 'rerun-failed-jobs', fault })
    const run = await fail('broken-transfer', undefined, [green])
    expect((await finished(run)).outcome).toBe('mended')
    expect(await github.reruns(run)).toBe(1)
  })

  test.each<[string, string, Fault]>([
    ['the run', 'run', status(502)],
    ['the jobs', 'jobs', status(429, { 'retry-after': '1' })],
    ['a log', 'job-log', status(404)],
    ['the file behind the link of a log', 'link', status(403)],
    ['the pipeline definition', 'contents', status(502)],
  ])('when reading %s fails at first', async (_name, route, fault) => {
    await github.fault({ route, fault, times: 2 })
    const run = await fail('broken-transfer', undefined, [green])
    expect((await finished(run)).outcome).toBe('mended')
    expect(await github.reruns(run)).toBe(1)
  })

  test('when links of logs expire before they are followed', async () => {
    await github.expireLinks()
    const run = await fail('broken-transfer', undefined, [green])
    expect((await finished(run)).outcome).toBe('mended')
  })
})

test('what a person says of a failure decides the next one like it: its cause, its words, and what is done', async () => {
  const first = await fail('compile-error', undefined, [green])
  expect(await finished(first)).toMatchObject({ outcome: 'told', diagnosis: { category: 'code.compile' } })
  const id = encodeURIComponent(healId(`acme/${first}`, 1))
  const note = 'the generator loses its connection and leaves half a file'
  expect((await api(`/v1/healings/${id}/label`, { category: 'unknown' })).status).toBe(400)
  const labelled = await api<HealingView>(`/v1/healings/${id}/label`, { category: 'net.reset', note })
  expect(labelled.json.label).toMatchObject({ category: 'net.reset', was: 'code.compile', by: 'administrator', note })

  const next = await failAgain('compile-error')
  const view = await finished(next)
  expect(view).toMatchObject({
    outcome: 'mended',
    plan: { remedy: 'rerun-failed' },
    diagnosis: { category: 'net.reset', sentence: `Known here as net.reset: ${note}` },
  })
  expect(view.diagnosis?.evidence[0]).toContain('administrator labelled this failure net.reset')
  const family = view.diagnosis?.fingerprint.family ?? ''
  const { json } = await api<FamilyView>(`/v1/families/${family}`)
  expect(json).toMatchObject({ category: 'net.reset', labels: [{ by: 'administrator' }] })
  expect(json.sightings.slice(0, 2).map((seen) => seen.run)).toEqual([`acme/${next}`, `acme/${first}`])
  const events = await api<EventList>('/v1/events?type=failure.labelled')
  expect(events.json.events.map(({ subject }) => subject)).toEqual([`acme/${first}`])
})

test('a failure whose log is gone for good is not guessed at', async () => {
  for (const route of ['job-log', 'run-log']) {
    await github.fault({ route, fault: { kind: 'status', status: 410 }, times: 100 })
  }
  const view = await finished(await fail('compile-error'))
  expect(view.diagnosis).toMatchObject({ category: 'unknown', abstained: true })
  expect(view.outcome).toBe('told')
})
