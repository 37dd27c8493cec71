import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testStore } from '../../../../test/database.ts'
import type { RunRef } from '../../../adapters/ci.ts'
import type { Store } from '../../../engine/database/database.ts'
import type { Job } from '../../../model/run.ts'
import { type Build, openBuild, repository } from './build.fixture.ts'

let store: Store
let build: Build
beforeAll(async () => {
  store = await testStore()
  build = await openBuild(store)
})
afterAll(() => build.close())

const soon = { timeout: 20_000, interval: 50 }

test('a push runs a workflow of two jobs, in order, and the gateway hears of it', async () => {
  build.startRunner()
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
        - run: echo "heard \${{ needs.build.outputs.word }} on \${{ github.ref_name }}"
  `,
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
    const told = build.gateway.events.filter((event) => event.subject === `home/${ref.externalId}`)
    expect(told.filter((event) => event.type === 'run.reported').map((event) => event.data.run.status)).toEqual([
      'queued',
      'in_progress',
      'completed',
    ])
    const test = told.flatMap((event) =>
      event.type === 'job.reported' && event.data.job.name === 'test' ? [event] : [],
    )
    expect(test.map((event) => event.data.job.status)).toEqual(['queued', 'queued', 'in_progress', 'completed'])
  }, soon)
})

function push(jobs: string, files: Readonly<Record<string, string>> = {}, branch?: string): Promise<string> {
  return build.push({ ...files, '.github/workflows/ci.yml': workflow(jobs) }, branch)
}

function workflow(jobs: string): string {
  return `name: ci\non: push\njobs:${jobs.replaceAll(/^( {4}\w+:)$/gm, '$1\n      runs-on: ubuntu-latest')}`
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

async function jobOf(ref: RunRef, name: string, attempt = 1): Promise<Job> {
  const job = (await build.ci.jobs(ref, attempt)).find((one) => one.name === name)
  if (job === undefined) throw new Error(`run ${ref.externalId} has no job ${name} in attempt ${attempt}`)
  return job
}

async function logOf(ref: RunRef, name: string, attempt = 1): Promise<string> {
  const answer = await build.ci.jobLog(ref, await jobOf(ref, name, attempt))
  if (answer.kind === 'absent') return answer.sentence
  const parts: Uint8Array[] = []
  for await (const part of answer.bytes) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
