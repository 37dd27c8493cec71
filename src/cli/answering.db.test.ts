import { access, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { testStore } from '../../test/database.ts'
import { systemClock } from '../base/clock.ts'
import { Conflict } from '../base/errors.ts'
import { createPermits } from '../commons/permits/door.ts'
import type { PermitAnswer, Permits } from '../commons/permits/permits.ts'
import { stopView } from '../commons/permits/present.ts'
import { engageStop, readStop, releaseStop, stopFilePath } from '../commons/permits/stop.ts'
import type { Store } from '../engine/database/database.ts'
import { redactText } from '../loops/heal/logs/redact.ts'
import { readPolicy } from '../model/policy.ts'
import { startGateway, token } from '../roles/gateway/gateway.fixture.ts'
import type { Gateway } from '../roles/gateway/index.ts'
import { registerApprove } from './approve.ts'
import { registerRefuse } from './refuse.ts'
import { registerResume } from './resume.ts'
import { registerStop } from './stop.ts'

let store: Store
let dataDir: string
let permits: Permits
let gateway: Gateway

beforeAll(async () => {
  store = await testStore()
  dataDir = await mkdtemp(join(tmpdir(), 'mendline-cli-'))
  permits = createPermits({ store, dataDir, clock: systemClock, redact: redactText, tell: async () => {} })
  const started = await startGateway(store, {
    permits: {
      find: permits.find,
      list: permits.list,
      answer: async (id: string, given: PermitAnswer) => {
        const permit = await permits.find(id)
        if (permit === undefined) throw new Conflict(`no permit ${id}`)
        return await permits.answer(id, given, permit.bound)
      },
    },
    stop: {
      read: async () => stopView(await readStop(dataDir, store.db)),
      engage: async (by, why) => stopView(await engageStop(dataDir, store.db, { by, why, since: new Date() })),
      release: async (by) => stopView(await releaseStop(dataDir, store.db, by)),
    },
  })
  gateway = started.gateway
  await writeFile(join(dataDir, 'gateway.json'), JSON.stringify({ url: started.url }))
  await writeFile(join(dataDir, 'token'), `${token}\n`)
})
afterAll(async () => await gateway.close())
afterEach(() => {
  process.exitCode = undefined
  vi.restoreAllMocks()
})

async function mendline(...args: readonly string[]): Promise<{ code: unknown; said: Record<string, unknown> }> {
  const program = new Command().exitOverride()
  for (const register of [registerApprove, registerRefuse, registerStop, registerResume]) register(program)
  const lines: string[] = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  await program.parseAsync([...args, '--data', dataDir, '--format', 'json'], { from: 'user' })
  const code = process.exitCode ?? 0
  process.exitCode = undefined
  return { code, said: JSON.parse(lines.join('\n')) }
}

let count = 0
async function askOfPerson(): Promise<string> {
  count += 1
  const { policy } = readPolicy('heal: { default: auto }')
  const permit = await permits.ask({
    flowId: `flow-${count}`,
    plan: { remedy: 'rerun-failed', waitMs: 0, why: 'x' },
    policy,
    bound: {
      vendor: 'github',
      connection: 'gh',
      repository: 'acme/shop',
      runId: `gh/${count}`,
      attempt: 1,
      sha: 'a',
      pipeline: 'ci',
      jobs: ['publish'],
    },
    family: `family-${count}`,
    runCreatedAt: new Date(),
    definition: { path: 'ci.yml', text: 'jobs: { publish: { steps: [{ run: npm publish }] } }' },
    minutes: 1,
  })
  return permit.id
}

test('approve grants what waits for a person', async () => {
  const id = await askOfPerson()
  expect(await mendline('approve', id)).toMatchObject({ code: 0, said: { id, state: 'granted' } })
  expect((await permits.find(id))?.state).toBe('granted')
})

test('refuse keeps the reason', async () => {
  const id = await askOfPerson()
  const { code, said } = await mendline('refuse', id, '--why', 'it is out already')
  expect({ code, state: said.state }).toEqual({ code: 0, state: 'refused' })
  expect((await permits.find(id))?.reasons.at(-1)?.sentence).toMatch(/it is out already/)
})

test('what was answered already is told as bad news', async () => {
  const id = await askOfPerson()
  await mendline('refuse', id, '--why', 'no')
  await expect(mendline('approve', id)).rejects.toThrow(Conflict)
})

test('stop reaches the database of all machines, and resume ends it everywhere', async () => {
  expect(await mendline('stop', '--why', 'fire')).toMatchObject({ code: 0, said: { stopped: true, everywhere: true } })
  const elsewhere = await mkdtemp(join(tmpdir(), 'mendline-cli-'))
  expect(await readStop(elsewhere, store.db)).toMatchObject({ kind: 'engaged', why: 'fire' })
  expect(await mendline('resume')).toMatchObject({ code: 0, said: { stopped: false } })
  expect(await readStop(elsewhere, store.db)).toEqual({ kind: 'released' })
  await expect(access(stopFilePath(dataDir))).rejects.toThrow()
})
