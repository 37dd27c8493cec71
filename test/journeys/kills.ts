import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Store } from '../../src/engine/database/database.ts'
import { type EmbeddedServer, startEmbedded } from '../../src/engine/database/embedded.ts'
import { openStore } from '../../src/engine/database/open.ts'
import type { Boundary } from '../../src/engine/flows/flows.ts'
import { silentLogger } from '../../src/engine/telemetry/logger.ts'
import { healId } from '../../src/loops/heal/flow.ts'
import { findHealing } from '../../src/loops/heal/memory.ts'
import { type GithubLookalike, startGithub } from '../github/lookalike.ts'
import { type RoleProcess, startRole } from './process.ts'

/**
 * An installation in several processes (gateway; worker with scheduler; PostgreSQL) beside a GitHub look-alike, on which
 * one case is played: a run fails, is rerun once, is green. Any of the processes can be made to die at any boundary.
 */
export interface KillWorld {
  /** Let a run fail and be mended while `victim` dies at the boundary; then check that it was handled exactly once. */
  play(
    failure: Failure,
    dies?: { readonly victim: Victim; readonly step: string; readonly at: Boundary['at'] },
  ): Promise<void>
  /** Play every kind of case, with `victim` dying at every boundary that a case of this kind passes. */
  playAll(victim: Victim): Promise<{ readonly deaths: number }>
  close(): Promise<void>
}

export interface Death {
  readonly victim: Victim
  readonly step: string
  readonly at: Boundary['at']
}

export type Victim = 'worker' | 'gateway' | 'postgres'
/** How the case goes: rerun at once, after a durable sleep, or after a person said yes. */
export const failures = ['at-once', 'after-a-pause', 'after-a-yes'] as const
export type Failure = (typeof failures)[number]

const repositories = ['acme/shop', 'acme/careful'] as const
const connection = 'acme'
const secret = 'a secret of the look-alike'
const definition = 'name: ci\non: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n'
// Many failures follow each other here: what limits them is tested elsewhere.
const policy = (mode: string) => `heal:\n  default: ${mode}\n  budget: { reruns: 99999/day, minutes: 99999/day }\n`

export async function openKillWorld(): Promise<KillWorld> {
  const dir = await mkdtemp(join(tmpdir(), 'mendline-kills-'))
  const github = await startGithub()
  for (const repository of repositories) {
    const mode = repository === 'acme/careful' ? 'ask' : 'auto'
    await github.addRepository({
      repository,
      files: { '.github/workflows/ci.yml': definition, '.mendline.yml': policy(mode) },
    })
  }
  const server = await startEmbedded({ dir: join(dir, 'postgres'), logger: silentLogger() })
  const env = await configure(dir, github, server)
  const store = await openStore(server.url, { logger: silentLogger() })
  const first = await startRole({ ...env, ROLES: 'gateway' })
  const port = new URL(first.url ?? '').port
  const roles = { gateway: { ROLES: 'gateway', PORT: port }, worker: { ROLES: 'worker,scheduler' } }
  const running = { gateway: first, worker: await startRole({ ...env, ...roles.worker }) }
  const understudies = new Map<keyof typeof roles, Promise<RoleProcess>>()
  await github.deliverTo({ url: `${first.url}/hooks/github/${connection}`, secret })
  let cases = 0

  /** Workers sign each other's names: an understudy has loaded everything, but takes no work before it is launched. */
  function prepare(role: keyof typeof roles): Promise<RoleProcess> {
    const next = startRole({ ...env, ...roles[role], UNDERSTUDY: '1' })
    // Should it not start, the next death says so.
    next.catch(() => undefined)
    understudies.set(role, next)
    return next
  }

  async function replace(role: keyof typeof roles): Promise<void> {
    await running[role].ended
    running[role] = await (understudies.get(role) ?? prepare(role))
    understudies.delete(role)
    await running[role].launch()
  }

  async function play(failure: Failure, dies?: Death): Promise<void> {
    cases += 1
    const repository = failure === 'after-a-yes' ? 'acme/careful' : 'acme/shop'
    const { gateway, worker } = running
    const pid = { worker: worker.pid, gateway: gateway.pid, postgres: server.pid }[dies?.victim ?? 'worker']
    if (dies !== undefined) await worker.arm({ step: dies.step, at: dies.at, pid })
    await github.script({ repository })
    const run = await github.addRun({
      repository,
      jobs: [{ name: 'test', log: logOf(failure, wordOf(cases)) }],
      end: { jobs: { test: 'failure' } },
    })
    const yes = failure === 'after-a-yes' ? sayYes(store, `http://127.0.0.1:${port}`, dir, run.id) : undefined
    if (dies !== undefined && dies.victim !== 'postgres') await replace(dies.victim)
    await yes
    await mendedOnce(store, github, run.id)
    // Made ready while the next case begins.
    if (dies !== undefined && dies.victim !== 'postgres') prepare(dies.victim)
  }

  return {
    play,
    async playAll(victim) {
      const known = new Set<string>()
      let deaths = 0
      for (const failure of failures) {
        const { worker } = running
        const before = worker.passed.length
        await play(failure)
        const passed = worker.passed.slice(before)
        expect(passed.some(({ step }) => step === 'wait')).toBe(failure === 'after-a-pause')
        for (const { step, at } of passed) {
          if (known.has(`${step} ${at}`)) continue
          known.add(`${step} ${at}`)
          await play(failure, { victim, step, at })
          deaths += 1
        }
      }
      return { deaths }
    },
    async close() {
      const ready = await Promise.all(understudies.values())
      await Promise.all([running.worker, running.gateway, ...ready].map((process) => process.kill()))
      await store.close()
      await server.stop()
      await github.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** A person who waits to be asked and says yes, again and again until it is heard. */
async function sayYes(store: Store, gateway: string, dir: string, run: string): Promise<void> {
  const token = (await readFile(join(dir, 'token'), 'utf8')).trim()
  const heard = async (): Promise<boolean> => {
    const { rows } = await store.pool.query<{ id: string; state: string }>(
      `select id, state from permits where flow_id = $1`,
      [healId(`${connection}/${run}`, 1)],
    )
    if (rows[0] === undefined) return false
    if (rows[0].state !== 'asked') return true
    const answer = await fetch(`${gateway}/v1/permits/${rows[0].id}/approve`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{}',
    })
    return answer.ok
  }
  await expect.poll(() => heard().catch(() => false), { timeout: patienceMs, interval: 100 }).toBe(true)
}

/** A step that finds nobody may sleep for a minute before it asks again. */
const patienceMs = 90_000

/** The case ended as mended, the look-alike saw exactly one rerun, and the log tells each thing once. */
async function mendedOnce(store: Store, github: GithubLookalike, run: string): Promise<void> {
  const id = healId(`${connection}/${run}`, 1)
  const outcome = async () => (await findHealing(store.db, id).catch(() => undefined))?.outcome
  await expect.poll(outcome, { timeout: patienceMs, interval: 50 }).toBe('mended')
  expect(await github.reruns(run)).toBe(1)
  // The database may just have died: the counts are read when it is back.
  await expect
    .poll(() => countEvents(store, `${connection}/${run}`), { timeout: 20_000 })
    .toEqual({
      'run.failed': 1,
      'failure.diagnosed': 1,
      'remedy.planned': 1,
      'remedy.applied': 1,
      'remedy.proven': 1,
      'healing.finished': 1,
    })
}

async function countEvents(store: Store, subject: string): Promise<Readonly<Record<string, number>> | undefined> {
  const counted = store.pool.query<{ type: string; n: number }>(
    `select type, count(*)::int as n from events where subject = $1 and type in
      ('run.failed', 'failure.diagnosed', 'remedy.planned', 'remedy.applied', 'remedy.proven', 'healing.finished') group by type`,
    [subject],
  )
  return await counted.then(
    ({ rows }) => Object.fromEntries(rows.map((row) => [row.type, row.n])),
    () => undefined,
  )
}

async function configure(
  dir: string,
  github: GithubLookalike,
  server: EmbeddedServer,
): Promise<Readonly<Record<string, string>>> {
  const file = {
    connections: [
      {
        id: connection,
        vendor: 'github',
        baseUrl: github.url,
        repositories: [...repositories],
        tokenFile: 'github-token',
        webhookSecretFiles: ['hook-secret'],
      },
    ],
    poll: { every: '1s' },
  }
  await writeFile(join(dir, 'mendline.yml'), JSON.stringify(file))
  await writeFile(join(dir, 'github-token'), github.token)
  await writeFile(join(dir, 'hook-secret'), secret)
  return { MENDLINE_DATA: dir, DATABASE_URL: server.url }
}

/** A word of letters: numbers are masked in fingerprints, and each case should be a family of its own. */
function wordOf(n: number): string {
  return [...String(n)]
    .map((digit) => ['ba', 'de', 'fi', 'go', 'ku', 'la', 'me', 'ni', 'po', 'ru'][Number(digit)])
    .join('')
}

/** A lost runner needs no pause; that of a log which asks for one is as short as it can ask. */
function logOf(failure: Failure, word: string): readonly string[] {
  const lost = `##[error]The hosted runner: ${word} lost communication with the server.`
  const asks = failure === 'after-a-pause' ? ['It may be used again: retry after 1 seconds'] : []
  return ['##[group]Run npm test', '##[endgroup]', lost, ...asks, '##[error]Process completed with exit code 1.']
}
