import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Ci, EffectAnswer, RerunRequest, RunRef } from './ci.ts'

/**
 * What every vendor's `Ci` must do, told once. A vendor's test calls `ciContract` with a maker of its own world: the
 * vendor's system (a look-alike, or the real thing where we own it) and the `Ci` that speaks to it.
 */
export interface World {
  readonly ci: Ci
  /** A repository that `ci` may use. Its branch `main` exists and points at the commit of the runs made here. */
  readonly repository: string
  /** What is in the repository at that commit. */
  readonly definition: { readonly path: string; readonly text: string }
  readonly file: { readonly path: string; readonly text: string }
  /** Strings that nothing returned may hold: tokens, keys. */
  readonly secrets: readonly string[]
  /** The same connection as a process that was just started has it: nothing remembered in memory. */
  restarted(): Ci
  /** A run, completed at attempt 1: `build` green, `test` failed with the log below, `publish` (needs `test`) skipped. */
  failedRun(): Promise<PreparedRun>
  /** A run at attempt 1 whose job `build` is in progress. */
  runningRun(): Promise<PreparedRun>
  /** Let the attempt that runs now end. */
  finish(ref: RunRef, conclusion: 'success' | 'failure'): Promise<void>
  /** How many reruns of this run the vendor really started. */
  reruns(ref: RunRef): Promise<number>
  close(): Promise<void>
}

export interface PreparedRun {
  readonly ref: RunRef
  readonly sha: string
}

/** The log that `failedRun` gives its job `test`; vendors may put times or frames around each line. */
export const failedTestLog = ['running 2 tests', 'not ok 2 - the basket adds up', 'expected 12 but got 11 \u{1f6d2}']

export function ciContract(name: string, makeWorld: () => Promise<World>): void {
  describe(`${name} keeps the contract of a CI system`, () => {
    let world: World
    beforeAll(async () => {
      world = await makeWorld()
    })
    afterAll(async () => {
      await world.close()
    })

    test('a run is read as the vendor describes it', async () => {
      const { ref, sha } = await world.failedRun()
      const run = await world.ci.run(ref)
      expect(run).toMatchObject({
        id: `${world.ci.connection}/${ref.externalId}`,
        vendor: world.ci.vendor,
        connection: world.ci.connection,
        externalId: ref.externalId,
        repository: world.repository,
        attempt: 1,
        status: 'completed',
        conclusion: 'failure',
        branch: 'main',
        sha,
      })
      expect(run?.pipeline).not.toBe('')
      expect(run?.createdAt.getTime()).toBeLessThanOrEqual(run?.updatedAt.getTime() ?? 0)
    })

    test('a run that does not exist is undefined, and has no jobs', async () => {
      const ref = { repository: world.repository, externalId: '999999999' }
      expect(await world.ci.run(ref)).toBeUndefined()
      expect(await world.ci.jobs(ref, 1)).toEqual([])
    })

    test('jobs of an attempt come in order, with their steps and conclusions', async () => {
      const { ref } = await world.failedRun()
      const jobs = await world.ci.jobs(ref, 1)
      expect(jobs.map((job) => [job.name, job.status, job.conclusion])).toEqual([
        ['build', 'completed', 'success'],
        ['test', 'completed', 'failure'],
        ['publish', 'completed', 'skipped'],
      ])
      expect(new Set(jobs.map((job) => job.id)).size).toBe(3)
      for (const job of jobs) {
        expect(job.runId).toBe(`${world.ci.connection}/${ref.externalId}`)
        expect(job.id).toBe(`${world.ci.connection}/${job.externalId}`)
        expect(job.attempt).toBe(1)
      }
      expect(jobs[1]?.steps.some((step) => step.conclusion === 'failure')).toBe(true)
    })

    test('the log of a failed job is streamed whole', async () => {
      const { ref } = await world.failedRun()
      const failed = (await world.ci.jobs(ref, 1)).find((job) => job.name === 'test')
      const answer = await world.ci.jobLog(ref, failed ?? neverJob)
      const text = answer.kind === 'log' ? await textOf(answer.bytes) : answer.sentence
      for (const line of failedTestLog) expect(text).toContain(line)
    })

    test('the log of a job that never ran is absent, with the reason', async () => {
      const { ref } = await world.failedRun()
      const skipped = (await world.ci.jobs(ref, 1)).find((job) => job.name === 'publish')
      expect(await world.ci.jobLog(ref, skipped ?? neverJob)).toMatchObject({
        kind: 'absent',
        because: 'never-started',
        sentence: expect.stringMatching(/.{10}/),
      })
    })

    test('the log of a job that does not exist is absent', async () => {
      const { ref } = await world.failedRun()
      expect(await world.ci.jobLog(ref, neverJob)).toMatchObject({ kind: 'absent' })
    })

    test("the definition and a file are read at the run's commit", async () => {
      const { ref, sha } = await world.failedRun()
      expect(await world.ci.definition(ref)).toEqual(world.definition)
      expect(await world.ci.file(world.repository, sha, world.file.path)).toBe(world.file.text)
    })

    test('a file is read at the tip of the default branch under the name HEAD', async () => {
      expect(await world.ci.file(world.repository, 'HEAD', world.file.path)).toBe(world.file.text)
    })

    test('a file that is not there is undefined, also when its name tries to leave the repository', async () => {
      const { sha } = await world.failedRun()
      expect(await world.ci.file(world.repository, sha, 'no/such/file.yml')).toBeUndefined()
      expect(await world.ci.file(world.repository, sha, '../../../etc/hostname')).toBeUndefined()
      expect(await world.ci.file(world.repository, '0'.repeat(40), world.file.path)).toBeUndefined()
    })

    test('the tip of a branch is its commit; a branch that is gone has none', async () => {
      const { sha } = await world.failedRun()
      expect(await world.ci.tip(world.repository, 'main')).toBe(sha)
      expect(await world.ci.tip(world.repository, 'gone/long-ago')).toBeUndefined()
    })

    test('a rerun of the failed jobs adds one attempt, and the first stays readable', async () => {
      const made = await world.failedRun()
      const answer = await world.ci.rerunFailed(rerunOf(made))
      expect(answer).toMatchObject({ kind: 'done', attempt: 2, already: false, at: expect.any(Date) })
      expect(await world.ci.run(made.ref)).toMatchObject({ attempt: 2 })
      await world.finish(made.ref, 'success')
      await vi.waitFor(
        async () =>
          expect(await world.ci.run(made.ref)).toMatchObject({
            attempt: 2,
            status: 'completed',
            conclusion: 'success',
          }),
        15_000,
      )
      expect(conclusionOf(await world.ci.jobs(made.ref, 1), 'test')).toBe('failure')
      expect(conclusionOf(await world.ci.jobs(made.ref, 2), 'test')).toBe('success')
    })

    test('the same rerun asked again is found done, also after a restart and after the attempt ended', async () => {
      const made = await world.failedRun()
      await world.ci.rerunFailed(rerunOf(made))
      const found = { kind: 'done', attempt: 2, already: true }
      expect(await world.ci.rerunFailed(rerunOf(made))).toMatchObject(found)
      expect(await world.restarted().rerunFailed(rerunOf(made))).toMatchObject(found)
      await world.finish(made.ref, 'failure')
      expect(await world.restarted().rerunFailed(rerunOf(made))).toMatchObject(found)
      expect(await world.reruns(made.ref)).toBe(1)
    })

    test('reruns asked at once, by one process and by another, start one', async () => {
      const made = await world.failedRun()
      const other = world.restarted()
      const answers = await Promise.all([
        world.ci.rerunFailed(rerunOf(made)),
        world.ci.rerunFailed(rerunOf(made)),
        other.rerunFailed(rerunOf(made)),
      ])
      expect(answers.map((answer) => answer.kind)).toEqual(['done', 'done', 'done'])
      expect(await world.reruns(made.ref)).toBe(1)
    })

    test.each<[string, Partial<RerunRequest>]>([
      ['another commit', { sha: 'f'.repeat(40) }],
      ['another set of failed jobs', { jobs: ['build', 'test'] }],
      ['an attempt that is not yet', { attempt: 2 }],
    ])('a rerun permitted for %s is refused', async (_what, difference) => {
      const made = await world.failedRun()
      expect(await world.ci.rerunFailed({ ...rerunOf(made), ...difference })).toMatchObject(refused('state-changed'))
      expect(await world.reruns(made.ref)).toBe(0)
    })

    test('a run that still runs is not rerun', async () => {
      const made = await world.runningRun()
      expect(await world.ci.rerunFailed({ ...rerunOf(made), jobs: [] })).toMatchObject(refused('running'))
      expect(await world.reruns(made.ref)).toBe(0)
    })

    test('a run that does not exist is gone', async () => {
      const made = await world.failedRun()
      const ref = { ...made.ref, externalId: '999999999' }
      expect(await world.ci.rerunFailed(rerunOf({ ...made, ref }))).toMatchObject(refused('gone'))
      expect(await world.ci.stop(stopOf({ ...made, ref }))).toMatchObject(refused('gone'))
    })

    test('what the vendor cannot change is refused, not left out', async () => {
      const made = await world.failedRun()
      const impossible = [
        ...(world.ci.can.rerunClean ? [] : [{ clean: true }]),
        ...(world.ci.can.resize ? [] : [{ memoryBytes: 2 ** 30 }, { timeoutMs: 60_000 }]),
      ]
      for (const options of impossible)
        expect(await world.ci.rerunFailed({ ...rerunOf(made), options })).toMatchObject(refused('unsupported'))
      expect(await world.reruns(made.ref)).toBe(0)
    })

    test('a running run is stopped, and stopping it again finds it done', async () => {
      const made = await world.runningRun()
      expect(await world.ci.stop(stopOf(made))).toMatchObject({ kind: 'done' })
      await vi.waitFor(async () => expect(await world.ci.run(made.ref)).toMatchObject({ status: 'completed' }), 15_000)
      expect(await world.restarted().stop(stopOf(made))).toMatchObject({ kind: 'done', already: true })
    })

    test('a run that ended by itself is not stopped', async () => {
      const made = await world.failedRun()
      expect(await world.ci.stop(stopOf(made))).toMatchObject(refused('state-changed'))
    })

    test('runs that changed since a moment are listed oldest first, and later ones are not', async () => {
      const first = await world.failedRun()
      const second = await world.failedRun()
      const since = (await world.ci.run(first.ref))?.updatedAt ?? new Date()
      const ids = (await world.ci.runsSince(world.repository, since)).map((run) => run.externalId)
      expect(ids.filter((id) => id === first.ref.externalId || id === second.ref.externalId)).toEqual([
        first.ref.externalId,
        second.ref.externalId,
      ])
      expect(await world.ci.runsSince(world.repository, new Date(Date.now() + 3_600_000))).toEqual([])
    })

    test('the repositories to poll are named', async () => {
      expect(await world.ci.repositories()).toContain(world.repository)
    })

    test('nothing that is returned holds a credential', async () => {
      const { ref, sha } = await world.failedRun()
      const jobs = await world.ci.jobs(ref, 1)
      const all = JSON.stringify([
        await world.ci.run(ref),
        jobs,
        await world.ci.definition(ref),
        await world.ci.runsSince(world.repository, new Date(0)),
        await world.ci.rerunFailed(rerunOf({ ref, sha })),
        await world.ci.jobLog(ref, neverJob),
      ])
      for (const secret of world.secrets) expect(all).not.toContain(secret)
    })
  })
}

const neverJob = { externalId: '888888888', name: 'no such job', attempt: 1 }

function rerunOf({ ref, sha }: PreparedRun): RerunRequest {
  return { ...ref, attempt: 1, sha, jobs: ['test'], options: {}, idempotencyKey: `rerun-${ref.externalId}` }
}

function stopOf({ ref, sha }: PreparedRun) {
  return { ...ref, attempt: 1, sha, jobs: [], reason: 'hangs', idempotencyKey: `stop-${ref.externalId}` }
}

function refused(because: Extract<EffectAnswer, { kind: 'refused' }>['because']) {
  return { kind: 'refused', because, sentence: expect.stringMatching(/.{10}/) }
}

function conclusionOf(jobs: Awaited<ReturnType<Ci['jobs']>>, name: string): string | undefined {
  return jobs.find((job) => job.name === name)?.conclusion
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
