import { expect, test } from 'vitest'
import { createMetrics } from './metrics.ts'

test('a run that ended is counted with the names of the CI/CD conventions', async () => {
  const metrics = createMetrics()
  metrics.runEnded({ pipeline: 'build', result: 'success', seconds: 42 })
  metrics.runEnded({ pipeline: 'build', result: 'failure', seconds: 42, errorType: 'code.test' })
  const text = await metrics.text()
  expect(text).toContain(
    'cicd_pipeline_run_duration_seconds_count{cicd_pipeline_name="build",cicd_pipeline_run_state="executing",cicd_pipeline_result="success"} 1',
  )
  expect(text).toContain('cicd_pipeline_run_errors_total{cicd_pipeline_name="build",error_type="code.test"} 1')
  expect(metrics.contentType).toContain('openmetrics')
  expect(text.trimEnd().endsWith('# EOF')).toBe(true)
})

test('our own counters say vendor, remedy and reason', async () => {
  const metrics = createMetrics()
  metrics.webhookAnswered('github', 'accepted')
  metrics.webhookAnswered('github', 'accepted')
  metrics.permitAnswered('rerun-failed', 'refused', 'side-effect')
  metrics.healed('rerun-failed', 'mended')
  metrics.diagnosed('net.dns')
  metrics.diagnosisTook(0.2)
  const text = await metrics.text()
  expect(text).toContain('mendline_webhooks_total{vendor="github",answer="accepted"} 2')
  expect(text).toContain('mendline_permits_total{remedy="rerun-failed",answer="refused",reason="side-effect"} 1')
  expect(text).toContain('mendline_healings_total{remedy="rerun-failed",outcome="mended"} 1')
  expect(text).toContain('mendline_diagnoses_total{category="net.dns"} 1')
  expect(text).toContain('mendline_diagnosis_seconds_bucket{le="0.25"} 1')
})

test('names of pipelines from outside cannot grow without end', async () => {
  const metrics = createMetrics()
  for (let n = 0; n < 2_000; n++) metrics.runsActive(`pipeline-${n}`, 'executing', 1)
  const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith('cicd_pipeline_run_active{'))
  expect(lines).toHaveLength(501)
  expect(lines.at(-1)).toContain('cicd_pipeline_name="other"')
})

test('a question that fails does not spoil the scrape', async () => {
  const metrics = createMetrics()
  metrics.onScrape(async () => metrics.readerLags([{ reader: 'heal', events: 7 }]))
  metrics.onScrape(() => Promise.reject(new Error('the database is away')))
  expect(await metrics.text()).toContain('mendline_reader_lag_events{reader="heal"} 7')
})

test('a pipeline whose name wants to be more than a name is counted under a short line of plain text', async () => {
  const metrics = createMetrics()
  metrics.runEnded({ pipeline: `\u001b[2Jci\u202E${'W'.repeat(10_000)}`, result: 'success', seconds: 1 })
  const text = await metrics.text()
  expect(text).toContain('cicd_pipeline_name="ci<U+202E>WWW')
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(400)
})
