import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { testStore } from '../../../test/database.ts'
import { pipelines } from '../../commons/pipelines/index.ts'
import { someJob, someRun } from '../../commons/pipelines/pipelines.fixture.ts'
import { presentRun } from '../../contract/present.ts'
import * as views from '../../contract/views.ts'
import { append } from '../../engine/eventlog/append.ts'
import type { Permit } from '../../model/permit.ts'
import { memorySources, startGateway, token } from './gateway.fixture.ts'

const store = await testStore()
const { db } = store
const dashboard = await mkdtemp(join(tmpdir(), 'mendline-web-'))
await mkdir(join(dashboard, 'assets'))
await writeFile(join(dashboard, 'index.html'), '<!doctype html><title>Mendline</title>')
await writeFile(join(dashboard, 'assets', 'app-0a1b2c3d.js'), 'export {}')
const memory = memorySources()
const { gateway, url } = await startGateway(store, { ...memory.sources, dashboard })
afterAll(async () => {
  await gateway.close()
  await rm(dashboard, { recursive: true, force: true })
})

const hostile = '<script>alert(1)</script> \u001b[31m \u202e $(rm -rf /) \'"; drop table runs; --'
const authorization = `Bearer ${token}`

async function get(path: string): Promise<{ status: number; json: unknown }> {
  const response = await fetch(`${url}${path}`, { headers: { authorization } })
  return { status: response.status, json: await response.json() }
}

async function send(method: string, path: string, body: unknown = {}): Promise<{ status: number; json: unknown }> {
  const headers = { authorization, 'content-type': 'application/json' }
  const response = await fetch(`${url}${path}`, { method, headers, body: JSON.stringify(body) })
  return { status: response.status, json: await response.json() }
}

const run = someRun({
  status: 'completed',
  conclusion: 'failure',
  minute: 4,
  title: hostile,
  url: 'javascript:alert(1)',
  createdAt: new Date(),
})
const job = someJob({ name: hostile, status: 'completed', conclusion: 'failure' })
const permit: Permit = {
  id: 'permit-1',
  flowId: 'flow-1',
  remedy: 'rerun-failed',
  mode: 'ask',
  state: 'asked',
  reasons: [{ code: 'mode-ask', sentence: 'A person decides here.' }],
  bound: { ...run, runId: run.id, jobs: ['test'] },
  askedAt: new Date(),
}
const incident: views.IncidentView = {
  id: 'incident-1',
  title: hostile,
  severity: 'high',
  state: 'open',
  openedAt: new Date().toISOString(),
  resolvedAt: null,
  runId: run.id,
  healing: null,
  evidence: ['no output for ten minutes'],
}
const healing = (id: string, outcome: views.HealingView['outcome']): views.HealingView => ({
  id,
  run: presentRun(run),
  job: job.name,
  jobId: job.id,
  state: outcome ? 'finished' : 'acting',
  outcome,
  sentence: hostile,
  startedAt: new Date().toISOString(),
  finishedAt: outcome ? new Date().toISOString() : null,
  diagnosis: {
    category: 'code.compile',
    confidence: 0.9,
    abstained: false,
    categories: [{ category: 'code.compile', p: 0.9 }],
    phase: 'build',
    outcome: 'failure',
    owner: 'author',
    transience: { verdict: 'deterministic', p: 0.99, why: 'a compiler says so' },
    fingerprint: { exact: 'e', family: 'f', version: 1 },
    location: { file: 'src/basket.ts', line: 12, column: null },
    sentence: 'A type does not fit.',
    evidence: ['error TS2322'],
    excerpts: [{ start: 700, end: 702, score: 0.9, why: 'first error', text: [hostile] }],
  },
  plan: { remedy: 'escalate', why: 'reruns do not mend compile errors', severity: 'low' },
  inputs: { facts: true },
  permit: null,
  effect: null,
  proof: { held: null, sentence: 'nothing to observe yet' },
  seen: { times: 1, since: null },
  moments: [{ at: new Date().toISOString(), what: 'sensed', sentence: 'read the log' }],
})

await pipelines.recordRun(db, run)
await pipelines.recordJob(db, { job, repository: run.repository })
await pipelines.storeLog(
  db,
  job.id,
  Array.from({ length: 1_000 }, (_, index) => `${index + 1} ${hostile}`),
  new Date(),
)
await append(db, [{ type: 'run.failed', subject: run.id, data: { run } }])
memory.rows.permits.push(permit, { ...permit, id: 'permit-void', state: 'void' })
memory.rows.incidents.push(incident)
memory.rows.healings.push(healing('healing-2', null), healing('healing-1', 'told'))
memory.rows.stuck.push({ id: 'flow-9', flow: 'heal', error: hostile, since: new Date().toISOString(), attempts: 5 })

const runPath = `/v1/runs/${encodeURIComponent(run.id)}`
const jobPath = `/v1/jobs/${encodeURIComponent(job.id)}`

describe('every route answers what the contract says', () => {
  const reads = [
    ['/v1/now', views.NowView],
    ['/v1/runs', views.RunList],
    ['/v1/runs?repository=acme/shop&pipeline=CI', views.RunList],
    [runPath, views.RunView],
    [`${runPath}?attempt=1`, views.RunView],
    [`${jobPath}/log`, views.LogView],
    [`${jobPath}/log?from=10&lines=20`, views.LogView],
    ['/v1/healings', views.HealingList],
    ['/v1/healings?outcome=told', views.HealingList],
    ['/v1/healings/healing-1', views.HealingView],
    ['/v1/autonomy', views.AutonomyView],
    ['/v1/events', views.EventList],
    ['/v1/events?type=run.failed&subject=acme/71', views.EventList],
    ['/v1/incidents?state=open', views.IncidentList],
    ['/v1/permits?state=asked', views.PermitList],
    ['/v1/permits/permit-1', views.PermitView],
    ['/v1/stop', views.StopView],
    ['/v1/flows/stuck', views.StuckList],
    ['/readyz', views.ReadyView],
  ] as const
  it.each(reads)('GET %s', async (path, view) => {
    const { status, json } = await get(path)
    expect(status).toBe(200)
    // Strict: a field that the view does not name would be dropped by its parser, and the two would differ.
    expect(view.parse(json)).toEqual(json)
  })

  it('changes', async () => {
    const change = { repository: 'acme/shop', remedy: 'rerun-failed', mode: 'auto' }
    const { json: autonomy } = await send('PUT', '/v1/autonomy', change)
    expect(views.AutonomyView.parse(autonomy).rows).toMatchObject([change])
    const { json: stopped } = await send('POST', '/v1/stop', { why: 'an outage' })
    expect(views.StopView.parse(stopped)).toMatchObject({ stopped: true, by: 'administrator', why: 'an outage' })
    const { json: resumed } = await send('POST', '/v1/resume')
    expect(views.StopView.parse(resumed).stopped).toBe(false)
    const { json: granted } = await send('POST', '/v1/permits/permit-1/approve')
    expect(views.PermitView.parse(granted)).toMatchObject({ state: 'granted', decidedBy: 'administrator' })
    const { json: resolved } = await send('POST', '/v1/incidents/incident-1/resolve', { why: 'mended by hand' })
    expect(views.IncidentView.parse(resolved).state).toBe('resolved')
    const { json: stuck } = await send('POST', '/v1/flows/flow-9/again')
    expect(views.StuckList.parse(stuck).flows).toEqual([])
  })

  const refusals = [
    ['POST', '/v1/permits/permit-void/approve', {}, 409, 'conflict'],
    ['POST', '/v1/permits/permit-void/refuse', { why: 'no' }, 409, 'conflict'],
    ['POST', '/v1/permits/none/approve', {}, 404, 'not-found'],
    ['POST', '/v1/permits/permit-1/refuse', {}, 400, 'invalid'],
    ['POST', '/v1/stop', { why: '  ' }, 400, 'invalid'],
    ['PUT', '/v1/autonomy', { repository: 'acme/shop', remedy: 'magic', mode: 'auto' }, 400, 'invalid'],
    ['POST', '/v1/flows/none/again', {}, 404, 'not-found'],
    ['POST', '/v1/nothing', {}, 404, 'not-found'],
  ] as const
  it.each(refusals)('%s %s %j is refused with a reason', async (method, path, body, wanted, code) => {
    const { status, json } = await send(method, path, body)
    expect(status).toBe(wanted)
    expect(views.ErrorView.parse(json).error).toMatchObject({ code, message: expect.stringMatching(/.{10}/) })
  })

  it.each(['/v1/runs/none', `${runPath}?attempt=9`, '/v1/jobs/none/log', '/v1/jobs/none/log.txt', '/v1/healings/none'])(
    'GET %s says that there is none',
    async (path) => {
      const { status, json } = await get(path)
      expect([status, views.ErrorView.parse(json).error.code]).toEqual([404, 'not-found'])
    },
  )

  it('what breaks inside stays inside', async () => {
    const broken = await startGateway(store, {
      incidents: { ...memory.sources.incidents, list: async () => Promise.reject(new Error('password=swordfish')) },
    })
    const response = await fetch(`${broken.url}/v1/incidents`, { headers: { authorization } })
    const text = await response.text()
    await broken.gateway.close()
    expect(response.status).toBe(500)
    expect(views.ErrorView.parse(JSON.parse(text)).error.code).toBe('internal')
    expect(text).not.toContain('swordfish')
  })
})

describe('what is shown', () => {
  it('of a log: the failing lines in the middle, and the whole as plain text', async () => {
    const { json } = await get(`${jobPath}/log`)
    const log = views.LogView.parse(json)
    expect(log).toMatchObject({ from: 502, total: 1_000, failing: { start: 700, end: 702 } })
    expect(log.lines).toHaveLength(400)
    const response = await fetch(`${url}${jobPath}/log.txt`, { headers: { authorization } })
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect((await response.text()).split('\n')).toHaveLength(1_001)
  })

  it('of hostile text: what can be read of it, as JSON, without what would be obeyed, and never as a link', async () => {
    const plain = '<script>alert(1)</script>  <U+202E> $(rm -rf /) \'"; drop table runs; --'
    const response = await fetch(`${url}${runPath}`, { headers: { authorization } })
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    const shown = views.RunView.parse(await response.json())
    expect(shown.run).toMatchObject({ title: plain, url: null })
    expect(shown.jobs[0]).toMatchObject({ name: plain, hasLog: true })
  })

  it('on the first screen: what needs a person, while its pipeline is red', async () => {
    const now = views.NowView.parse((await get('/v1/now')).json)
    expect(now.sentence).toMatch(/need.? you; 1 is being mended; 0 pipelines healthy$/)
    expect(now.mending.map((one) => one.id)).toEqual(['healing-2'])
    expect(now.pipelines).toMatchObject([{ repository: 'acme/shop', pipeline: 'CI', seam: ['fail'] }])
  })

  it('of a long list: pages without a hole', async () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      someRun({ externalId: `p${index}`, repository: 'acme/many' }),
    )
    for (const one of many) await pipelines.recordRun(db, one)
    const seen = new Set<string>()
    let next: string | null = null
    do {
      const before: string = next === null ? '' : `&before=${encodeURIComponent(next)}`
      const list: views.RunList = views.RunList.parse((await get(`/v1/runs?repository=acme/many${before}`)).json)
      for (const one of list.runs) seen.add(one.id)
      next = list.next
    } while (next !== null)
    expect(seen.size).toBe(120)
  })
})

describe('the description', () => {
  it('lists every route of routes.md, and no more of the API', async () => {
    const { json } = await get('/v1/openapi.json')
    const { openapi, paths } = json as { openapi: string; paths: Record<string, Record<string, unknown>> }
    expect(openapi).toBe('3.1.0')
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    )
    const text = await readFile(new URL('../../contract/routes.md', import.meta.url), 'utf8')
    const promised = [...text.matchAll(/(GET|POST|PUT) (\/[\w/:.-]+)/g)].map(([, method, path]) => `${method} ${path}`)
    expect(described.toSorted()).toEqual([...new Set(promised)].toSorted())
  })

  it('gives every answer of the API a schema', async () => {
    const { json } = await get('/v1/openapi.json')
    const { paths } = json as { paths: Record<string, Record<string, { responses: Record<string, unknown> }>> }
    for (const [path, methods] of Object.entries(paths)) {
      if (!path.startsWith('/v1/') || ['/v1/live', '/v1/openapi.json'].includes(path)) continue
      for (const { responses } of Object.values(methods)) expect(JSON.stringify(responses['200'])).toContain('schema')
    }
  })
})

describe('the dashboard', () => {
  it('is served from every address of a page, always asked for again', async () => {
    for (const path of ['/', '/runs/acme%2F71', '/healing/x', '/sign-in']) {
      const response = await fetch(`${url}${path}`, { headers: { accept: 'text/html,*/*' } })
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toMatch(/text\/html/)
      expect(response.headers.get('cache-control')).toBe('no-cache')
      expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
    }
  })

  it('keeps files whose name has a hash for good, and does not answer a missing one with the page', async () => {
    const response = await fetch(`${url}/assets/app-0a1b2c3d.js`)
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await fetch(`${url}/assets/gone-00000000.js`)).status).toBe(404)
    expect((await fetch(`${url}/..%2f..%2fetc%2fpasswd`)).headers.get('content-type')).not.toMatch(/text\/plain/)
  })
})
