import { expect, test } from 'vitest'
import type { Connection } from '../../adapters/connection.ts'
import type { Steps } from '../../engine/flows/flow.ts'
import type { Job, Run } from '../../model/run.ts'
import { factsOf, failedJob } from './facts.fixture.ts'
import type { HealDeps } from './index.ts'
import { prove } from './prove.ts'

const facts = factsOf([failedJob('net.reset')])
const plan = { remedy: 'rerun-failed', waitMs: 0, why: 'it may pass' } as const
const effect = { kind: 'done', attempt: 2, already: false, at: '2026-01-31T10:00:00.000Z' } as const
const green = { name: 'test', conclusion: 'success' } as Job

/** A vendor that shows this attempt, and a flow that heard, or did not hear, of its end. */
async function proveWith(shown: Partial<Run> | undefined, heard: boolean) {
  const run = shown && ({ sha: facts.run.sha, ...shown } as Run)
  const ci = { run: async () => run, jobs: async () => [green] } as unknown as Connection['ci']
  const connections = new Map([['ci', { id: 'ci', vendor: 'a vendor', ci } as Connection]])
  const at = {
    flowId: 'heal:ci/1:1',
    step: async (_name: string, body: () => Promise<unknown>) => await body(),
    wait: async () => (heard ? { attempt: 2 } : undefined),
  } as unknown as Steps
  return await prove({ connections } as unknown as HealDeps, at, facts, plan, effect)
}

test('a rerun that turned green at the same commit is a proof', async () => {
  expect(await proveWith({ attempt: 2, status: 'completed' }, true)).toMatchObject({ held: true })
})

test('an end that was told but is not shown yet is looked at again, not given up', async () => {
  await expect(proveWith({ attempt: 2, status: 'in_progress' }, true)).rejects.toThrow('does not show it yet')
  await expect(proveWith({ attempt: 1, status: 'completed' }, true)).rejects.toThrow('does not show it yet')
})

test('an attempt of which nothing was heard in time, or that is gone, proves nothing', async () => {
  expect(await proveWith({ attempt: 2, status: 'in_progress' }, false)).toMatchObject({ held: null })
  expect(await proveWith(undefined, true)).toMatchObject({ held: null })
})
