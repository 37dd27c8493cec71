import { expect, test } from 'vitest'
import { testStore } from '../../../test/database.ts'
import type { NewEvent } from '../../model/events.ts'
import { type Run, runId } from '../../model/run.ts'
import { append } from '../eventlog/append.ts'
import { createCounting } from './counting.ts'
import { silentLogger } from './logger.ts'
import { createMetrics } from './metrics.ts'

const run: Run = {
  id: runId('gh', 7),
  connection: 'gh',
  vendor: 'github',
  externalId: '7',
  repository: 'shop/cart',
  pipeline: 'build',
  number: 3,
  attempt: 1,
  status: 'completed',
  conclusion: 'failure',
  event: 'push',
  sha: 'f00d',
  createdAt: new Date('2026-01-01T12:00:00Z'),
  startedAt: new Date('2026-01-01T12:00:01Z'),
  updatedAt: new Date('2026-01-01T12:00:04Z'),
}

const permit = { permit: 'p', flowId: 'f', remedy: 'rerun-failed', runId: run.id } as const

const story: readonly NewEvent[] = [
  { type: 'run.failed', subject: run.id, data: { run } },
  { type: 'run.succeeded', subject: run.id, data: { run: { ...run, attempt: 2, conclusion: 'success' } } },
  { type: 'permit.granted', subject: 'p', data: { ...permit, by: 'policy' } },
  {
    type: 'permit.refused',
    subject: 'p',
    data: { ...permit, by: 'policy', reasons: [{ code: 'side-effect', sentence: 'publish would run again' }] },
  },
  { type: 'remedy.proven', subject: run.id, data: { healing: 'h', remedy: 'rerun-failed', sentence: 'green' } },
  { type: 'healing.finished', subject: run.id, data: { healing: 'h', outcome: 'mended', sentence: 'green' } },
  { type: 'healing.finished', subject: run.id, data: { healing: 'i', outcome: 'told', sentence: 'told' } },
  { type: 'incident.opened', subject: 'i', data: { incident: 'i', title: 'a hang', severity: 'high' } },
]

test('what the log tells is counted once, by whichever process reads it', async () => {
  const store = await testStore()
  const both = [createMetrics(), createMetrics()]
  const counters = both.map((metrics) => createCounting({ store, metrics, logger: silentLogger() }))
  for (const counter of counters) counter.start()
  await append(store.db, story)
  await Promise.all(counters.map((counter) => counter.caughtUp()))
  await Promise.all(counters.map((counter) => counter.stop()))
  const texts = await Promise.all(both.map((metrics) => metrics.text()))
  const sum = (line: string): number =>
    texts
      .flatMap((text) => text.split('\n').filter((it) => it.startsWith(`${line} `)))
      .reduce((n, it) => n + Number(it.split(' ')[1]), 0)
  const labels = 'cicd_pipeline_name="build",cicd_pipeline_run_state="executing"'
  expect(sum(`cicd_pipeline_run_duration_seconds_sum{${labels},cicd_pipeline_result="success"}`)).toBe(3)
  expect(sum('cicd_pipeline_run_errors_total{cicd_pipeline_name="build",error_type="failure"}')).toBe(1)
  expect(sum('mendline_permits_total{remedy="rerun-failed",answer="granted",reason="none"}')).toBe(1)
  expect(sum('mendline_permits_total{remedy="rerun-failed",answer="refused",reason="side-effect"}')).toBe(1)
  expect(sum('mendline_healings_total{remedy="rerun-failed",outcome="mended"}')).toBe(1)
  expect(sum('mendline_healings_total{remedy="none",outcome="told"}')).toBe(1)
  expect(sum('mendline_incidents_total{severity="high"}')).toBe(1)
  expect(sum('mendline_set_aside{kind="events"}')).toBe(0)
  expect(texts[0]).toContain('mendline_reader_lag_events{reader="counting"} 0')
})
