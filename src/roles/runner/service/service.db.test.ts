import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testStore } from '../../../../test/database.ts'
import type { RunRef } from '../../../adapters/ci.ts'
import { jobsOf } from '../../../adapters/native/jobs/memory.ts'
import { createHttpClient } from '../../../base/http-client.ts'
import { newId } from '../../../base/ids.ts'
import type { Store } from '../../../engine/database/database.ts'
import { silentLogger } from '../../../engine/telemetry/logger.ts'
import type { Job } from '../../../model/run.ts'
import { type Build, connection, git, openBuild, readLog, repository } from './build.fixture.ts'
import { planDispatch, planPush } from './coordinator.ts'
import { pollRefs } from './poll-refs.ts'
import type { Runner } from './runner.ts'

let store: Store
let build: Build
let runner: Runner
beforeAll(async () => {
  store = await testStore()
  build = await openBuild(store)
  runner = build.startRunner()
})
afterAll(() => build.close())

const soon = { timeout: 20_000, interval: 30 }
const mebibyte = 2 ** 20

test('a push runs a workflow of two jobs, in order, and the gateway hears of it', async () => {
  const sha = await push(
    `
    build:
      outputs: { word: "\${{ steps.say.outputs.word }}" }
      steps:
        - uses: actions/checkout@v4
        - id: say
          run: echo "word=$(cat greeting)" >> "$GITHUB_OUTPUT"
    test:
      needs: build
      steps:
        - run: echo "heard \${{ needs.build.outputs.word }} on \${{ github.ref_name }}"`,
    { greeting: 'hello' },
  )
  const ref = await runOf(sha)
  await ended(ref, 'success')
  expect((await build.ci.jobs(ref, 1)).map((job) => [job.name, job.conclusion])).toEqual([
    ['build', 'success'],
    ['test', 'success'],
  ])
  expect(await logOf(ref, 'test')).toContain('heard hello on main')
  await vi.waitFor(() => {
    const told = build.gateway.events.filter((event) => event.subject === `${connection}/${ref.externalId}`)
    const runs = told.flatMap((event) => (event.type === 'run.reported' ? [event.data.run.status] : []))
    expect(runs).toEqual(['queued', 'in_progress', 'completed'])
    const jobs = told.flatMap((event) => (event.type === 'job.reported' ? [event.data.job] : []))
    expect(jobs.filter((job) => job.name === 'test').map((job) => job.status)).toEqual([
      'queued',
      'queued',
      'in_progress',
      'completed',
    ])
  }, soon)
})

test('a rerun runs the failed job and what needs it, with the outputs of those that ended well', async () => {
  const ref = await runOf(
    await push(`
    build:
      outputs: { word: "\${{ steps.say.outputs.word }}" }
      steps:
        - id: say
          run: echo "word=once" >> "$GITHUB_OUTPUT"
    test:
      needs: build
      steps:
        - run: '[ "$GITHUB_RUN_ATTEMPT" = 2 ] && echo "heard \${{ needs.build.outputs.word }}"'
    publish:
      needs: [build, test]
      steps:
        - run: echo published`),
  )
  await ended(ref, 'failure')
  expect(await rerun(ref, ['test'])).toMatchObject({ kind: 'done', attempt: 2 })
  await ended(ref, 'success', 2)
  const [before, after] = [await build.ci.jobs(ref, 1), await build.ci.jobs(ref, 2)]
  expect(before.map((job) => job.conclusion)).toEqual(['success', 'failure', 'skipped'])
  expect(after.map((job) => job.conclusion)).toEqual(['success', 'success', 'success'])
  expect(after[0]?.startedAt).toEqual(before[0]?.startedAt)
  expect(await logOf(ref, 'build', 2)).toBe(await logOf(ref, 'build', 1))
  expect(await logOf(ref, 'test', 2)).toContain('heard once')
})

test('one cell that fails ends the others of its matrix, and never more run than may', async () => {
  const ref = await runOf(
    await push(`
    test:
      strategy: { max-parallel: 2, matrix: { n: [1, 2, 3, 4] } }
      steps:
        - run: '[ \${{ matrix.n }} = 1 ] && { sleep 0.5; exit 3; }; sleep 60'
    after:
      needs: test
      if: always()
      steps:
        - run: echo "test was \${{ needs.test.result }}"`),
  )
  const running = await vi.waitFor(async () => {
    const jobs = await build.ci.jobs(ref, 1)
    expect(jobs.filter((job) => job.status === 'in_progress')).toHaveLength(2)
    return jobs
  }, soon)
  expect(running.map((job) => job.name)).toEqual(['test (1)', 'test (2)', 'test (3)', 'test (4)', 'after'])
  await ended(ref, 'failure')
  expect((await build.ci.jobs(ref, 1)).map((job) => job.conclusion)).toEqual([
    'failure',
    'cancelled',
    'cancelled',
    'cancelled',
    'success',
  ])
  expect(await logOf(ref, 'after')).toContain('test was failure')
})

test('a secret in the names of a run, its jobs and its branch is told to nobody, and a rerun by those names starts', async () => {
  const token = `ghp${'_'}aB3dE5gH7jK9mN1pQ3sT5vW7yZ9`
  const sha = await build.push(
    {
      '.github/workflows/ci.yml': workflow(`
    test:
      name: test ${token}
      steps:
        - name: say ${token}
          run: exit 1`),
    },
    `fix/${token}`,
  )
  const ref = await runOf(sha)
  await ended(ref, 'failure')
  expect(await build.ci.run(ref)).toMatchObject({ branch: 'fix/***', ref: 'refs/heads/fix/***' })
  expect(JSON.stringify([await build.ci.run(ref), await build.ci.jobs(ref, 1)])).not.toContain(token)
  expect(await build.ci.tip(repository, 'fix/***')).toBe(sha)
  expect(await rerun(ref, ['test ***'])).toMatchObject({ kind: 'done', attempt: 2 })
  await ended(ref, 'failure', 2)
})

test('a stop is obeyed at once, and asked again it is found done', async () => {
  const ref = await runOf(
    await push(`
    test:
      steps:
        - run: sleep 4321`),
  )
  const job = await inProgress(ref, 'test')
  await vi.waitFor(() => expect(processesOf('sleep 4321')).toHaveLength(1), soon)
  const askedAt = performance.now()
  const request = { ...ref, attempt: 1, sha: await shaOf(ref), jobs: [job.externalId], reason: 'it hangs' }
  expect(await build.ci.stop({ ...request, idempotencyKey: 'stop' })).toMatchObject({ kind: 'done', already: false })
  expect(await build.ci.stop({ ...request, idempotencyKey: 'stop' })).toMatchObject({ kind: 'done', already: true })
  await vi.waitFor(async () => expect(await logOf(ref, 'test')).toContain('it hangs'), soon)
  expect(performance.now() - askedAt).toBeLessThan(3_000)
  await ended(ref, 'cancelled')
  expect(processesOf('sleep 4321')).toEqual([])
})

test('a job that waits for others is stopped before it begins', async () => {
  const ref = await runOf(
    await push(`
    first:
      steps:
        - run: sleep 60
    second:
      needs: first
      steps:
        - run: echo never`),
  )
  await inProgress(ref, 'first')
  const stop = { ...ref, attempt: 1, sha: await shaOf(ref), reason: 'not wanted', idempotencyKey: 'both' }
  expect(await build.ci.stop({ ...stop, jobs: [] })).toMatchObject({ kind: 'done' })
  await ended(ref, 'cancelled')
  expect((await build.ci.jobs(ref, 1)).map((job) => job.conclusion)).toEqual(['cancelled', 'cancelled'])
})

test('a job is killed at its memory limit, passes with more, and later runs of it get what was learned', async () => {
  const eater = 'node -e "Buffer.alloc(300 * 2**20, 1); setTimeout(() => {}, 500)"'
  const jobs = `
    eat:
      steps:
        - run: ${eater}`
  const ref = await runOf(await push(jobs))
  await ended(ref, 'success')
  const path = '.github/workflows/ci.yml'
  await build.ci.keepLimit?.({ repository, path, job: 'eat', memoryBytes: 200 * mebibyte })
  const small = await runOf(await push(jobs))
  await ended(small, 'failure')
  expect(await jobNamed(small, 'eat')).toMatchObject({
    observed: { outOfMemory: true, memoryLimitBytes: 200 * mebibyte },
  })
  expect(await rerun(small, ['eat'], { memoryBytes: 600 * mebibyte })).toMatchObject({ kind: 'done' })
  await ended(small, 'success', 2)
  await build.ci.keepLimit?.({ repository, path, job: 'eat', memoryBytes: 500 * mebibyte, timeoutMs: 30_000 })
  await build.ci.keepLimit?.({ repository, path, job: 'eat', timeoutMs: 40_000 })
  const later = await runOf(await push(jobs))
  await ended(later, 'success')
  expect((await jobNamed(later, 'eat')).observed?.memoryLimitBytes).toBe(500 * mebibyte)
  expect((await jobsOf(store.db, Number(later.externalId), 1))[0]).toMatchObject({ timeoutMs: 40_000 })
})

test('a job whose runner is killed ends as failed and says so, and nothing of it is left running', async () => {
  await runner.stop()
  const program = fileURLToPath(new URL('./runner-process.fixture.ts', import.meta.url))
  const mortal = spawn(process.execPath, [program, store.url, connection, build.dir], { stdio: 'inherit' })
  const ref = await runOf(
    await push(`
    test:
      steps:
        - run: sleep 9876`),
  )
  await vi.waitFor(() => expect(processesOf('sleep 9876')).not.toEqual([]), soon)
  mortal.kill('SIGKILL')
  runner = build.startRunner()
  await ended(ref, 'failure')
  const log = await logOf(ref, 'test')
  expect(log).toMatch(/##\[error\]The runner the-mortal was lost: its process \d+ ended without a word/)
  expect((await jobNamed(ref, 'test')).steps.every((step) => step.status === 'completed')).toBe(true)
  expect(processesOf('sleep 9876')).toEqual([])
  expect(readdirSync(join(build.dir, 'jobs'))).not.toContain((await jobNamed(ref, 'test')).externalId)
})

test('a job outlives a database that drops every connection, and its log is whole', async () => {
  const ref = await runOf(
    await push(`
    test:
      steps:
        - run: for i in $(seq 1 40); do echo "line $i"; sleep 0.05; done`),
  )
  await inProgress(ref, 'test')
  const dropAll =
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'
  for (let times = 0; times < 3; times++) {
    const line = `line ${(times + 1) * 8}`
    await vi.waitFor(async () => expect(await logOf(ref, 'test')).toContain(line), soon)
    await store.pool.query(dropAll)
  }
  await ended(ref, 'success')
  const log = await logOf(ref, 'test')
  for (let line = 1; line <= 40; line++) expect(log).toContain(` line ${line}\n`)
})

test('a runner that is stopped ends its jobs and says why', async () => {
  const ref = await runOf(
    await push(`
    test:
      steps:
        - run: sleep 60`),
  )
  await inProgress(ref, 'test')
  await runner.stop()
  expect(await build.ci.run(ref)).toMatchObject({ status: 'completed', conclusion: 'failure' })
  expect(await logOf(ref, 'test')).toContain('has received a shutdown signal')
  runner = build.startRunner()
})

test('a workflow that cannot be read is told with its problems, and cannot be rerun', async () => {
  const ref = await runOf(await build.push({ '.github/workflows/ci.yml': 'on: push\njobs:\n  a:\n    needs: b\n' }))
  await ended(ref, 'startup_failure')
  const [job] = await build.ci.jobs(ref, 1)
  expect(job).toMatchObject({ name: '.github/workflows/ci.yml', conclusion: 'startup_failure' })
  expect(await logOf(ref, '.github/workflows/ci.yml')).toMatch(/##\[error\]\.github\/workflows\/ci\.yml:\d+:\d+: /)
  expect(await rerun(ref, ['.github/workflows/ci.yml'])).toMatchObject({ kind: 'refused', because: 'unsupported' })
})

test('a push that is heard again makes no second run', async () => {
  const sha = await push(quick)
  const ref = await runOf(sha)
  const before = await git(build.bare, 'rev-parse', `${sha}^`)
  const event = { connection, repository, ref: 'refs/heads/main', before, after: sha }
  expect(await planPush(store.db, event, build.deps)).toEqual([])
  expect(await planPush(store.db, { ...event, before: '0'.repeat(40) }, build.deps)).toEqual([])
  expect(await planPush(store.db, { ...event, repository: 'no/such' }, build.deps)).toEqual([])
  expect(await planPush(store.db, { ...event, after: 'f'.repeat(40) }, build.deps)).toEqual([])
  await ended(ref, 'success')
})

test('a workflow is run by hand, once for each key', async () => {
  const path = '.github/workflows/by-hand.yml'
  const text = workflow(`\n    one:\n      steps:\n        - run: echo "for \${{ inputs.whom }}"`).replace(
    'on: push',
    'on: { workflow_dispatch: { inputs: { whom: { type: string } } } }',
  )
  await build.push({ [path]: text })
  const wanted = { connection, repository, path, branch: 'main', inputs: { whom: 'Ada' }, key: newId() }
  const run = await planDispatch(store.db, wanted, build.deps)
  expect(await planDispatch(store.db, wanted, build.deps)).toBeUndefined()
  const ref = { repository, externalId: String(run?.id) }
  await ended(ref, 'success')
  expect(await logOf(ref, 'one')).toContain('for Ada')
})

test('while the gateway is away nothing is lost: pushes wait in the spool, reports in the outbox', async () => {
  build.gateway.refuse(true)
  const sha = await push(quick)
  expect((await build.ci.runsSince(repository, new Date(0))).map((run) => run.sha)).not.toContain(sha)
  build.gateway.refuse(false)
  await look()
  const ref = await runOf(sha)
  build.gateway.refuse(true)
  await ended(ref, 'success')
  build.gateway.refuse(false)
  await vi.waitFor(() => {
    const told = build.gateway.events.flatMap((event) => (event.type === 'run.reported' ? [event.data.run] : []))
    const statuses = told.filter((run) => run.externalId === ref.externalId).map((run) => run.status)
    expect(statuses).toEqual(['queued', 'in_progress', 'completed'])
  }, soon)
})

test('a run whose repository can no longer be planned ends instead of hanging', async () => {
  const ref = await runOf(
    await push(`
    first:
      steps:
        - run: sleep 0.5
    second:
      needs: first
      steps:
        - run: echo never`),
  )
  await inProgress(ref, 'first')
  await sql`update native_runs set definition = 'on: push' where id = ${ref.externalId}`.execute(store.db)
  await ended(ref, 'failure')
  expect(await logOf(ref, 'second')).toContain('was planned once and cannot be again')
})

test('a push that no hook told of is found by looking at the refs', async () => {
  const sha = await git(build.bare, 'rev-parse', 'refs/heads/main')
  await git(build.bare, 'update-ref', 'refs/heads/quiet', sha)
  await look()
  const run = await vi.waitFor(async () => {
    const found = (await build.ci.runsSince(repository, new Date(0))).find((one) => one.branch === 'quiet')
    if (found === undefined) throw new Error('no run for the quiet branch')
    return found
  }, soon)
  expect(run.sha).toBe(sha)
  // Once it is planned it is known, and not told again.
  await vi.waitFor(async () => {
    const told = build.gateway.events.length
    await look()
    expect(build.gateway.events.slice(told).filter((event) => event.type === 'push.received')).toEqual([])
  }, soon)
})

const quick = '\n    quick:\n      steps:\n        - run: echo quick'

function look(): Promise<void> {
  return pollRefs({ db: store.db, connection, http: createHttpClient(), logger: silentLogger() })
}

function push(jobs: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  return build.push({ ...files, '.github/workflows/ci.yml': workflow(jobs) })
}

function workflow(jobs: string): string {
  return `name: ci\non: push\njobs:${jobs.replaceAll(/^( {4}\w+:)$/gm, '$1\n      runs-on: ubuntu-latest')}\n`
}

async function runOf(sha: string): Promise<RunRef> {
  return vi.waitFor(async () => {
    const run = (await build.ci.runsSince(repository, new Date(0))).find((one) => one.sha === sha)
    if (run === undefined) throw new Error(`no run was made for ${sha}`)
    return { repository, externalId: run.externalId }
  }, soon)
}

async function ended(ref: RunRef, conclusion: string, attempt = 1): Promise<void> {
  await vi.waitFor(
    async () => expect(await build.ci.run(ref)).toMatchObject({ attempt, status: 'completed', conclusion }),
    soon,
  )
}

async function inProgress(ref: RunRef, name: string): Promise<Job> {
  return vi.waitFor(async () => {
    const job = await jobNamed(ref, name)
    expect(job.status).toBe('in_progress')
    return job
  }, soon)
}

async function shaOf(ref: RunRef): Promise<string> {
  return (await build.ci.run(ref))?.sha ?? ''
}

async function rerun(ref: RunRef, jobs: readonly string[], options = {}) {
  const sha = await shaOf(ref)
  return build.ci.rerunFailed({ ...ref, attempt: 1, sha, jobs, options, idempotencyKey: `again ${ref.externalId}` })
}

async function jobNamed(ref: RunRef, name: string, attempt = 1): Promise<Job> {
  const job = (await build.ci.jobs(ref, attempt)).find((one) => one.name === name)
  if (job === undefined) throw new Error(`run ${ref.externalId} has no job ${name} in attempt ${attempt}`)
  return job
}

async function logOf(ref: RunRef, name: string, attempt = 1): Promise<string> {
  return readLog(await build.ci.jobLog(ref, await jobNamed(ref, name, attempt)))
}

function processesOf(command: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() === command
    } catch {
      return false
    }
  })
}
