import { Counter, collectDefaultMetrics, Gauge, Histogram, type OpenMetricsContentType, Registry } from 'prom-client'
import { plainLine } from '../../base/text.ts'

/**
 * What Mendline counts, a function for each thing that can happen, so that name, labels and moment agree. Runs follow
 * OpenTelemetry's CI/CD conventions; our own carry the prefix `mendline_`. Labels have few values: never a run, a commit
 * or a branch.
 */
export interface Metrics {
  /** A run ended. `result` is OpenTelemetry's: success, failure, error, timeout, cancellation or skip. */
  runEnded(run: {
    readonly pipeline: string
    readonly result: string
    readonly seconds: number
    readonly errorType?: string | undefined
  }): void
  /** So many runs of a pipeline are in this state now. */
  runsActive(pipeline: string, state: 'pending' | 'executing' | 'finalizing', runs: number): void
  /** A part of the CI system failed, not somebody's code. */
  systemErrored(component: string, errorType: string): void
  webhookAnswered(
    vendor: string,
    answer: 'accepted' | 'duplicate' | 'ignored' | 'rejected' | 'forged' | 'too-large',
  ): void
  /** From the first byte of a delivery until its events were durable. */
  webhookTaken(vendor: string, seconds: number): void
  diagnosed(category: string): void
  /** From the log in hand to a diagnosis. */
  diagnosisTook(seconds: number): void
  /** Was there a log of the same job when it passed to read beside a failure? */
  comparedWithPass(answer: 'kept' | 'fetched' | 'none' | 'spared' | 'not-had'): void
  /** From the moment the failed run was known until what to do was decided. */
  decided(remedy: string, seconds: number): void
  permitAnswered(remedy: string, answer: string, reason: string): void
  healed(remedy: string, outcome: string): void
  incidentOpened(severity: string): void
  readerLags(readers: readonly { readonly reader: string; readonly events: number }[]): void
  /** Things set aside that wait for a person. */
  setAside(kind: 'events' | 'flows', count: number): void
  /** Called before each scrape, for what is asked and not counted; what it throws is left out. */
  onScrape(ask: () => Promise<void>): void
  readonly contentType: string
  text(): Promise<string>
}

/** 1 s to 2 h, for what people wait for. */
const longSeconds = [1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200]
const shortSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

export function createMetrics(): Metrics {
  const registry = new Registry<OpenMetricsContentType>()
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> =>
    new Counter({ name, help, labelNames, registers })
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]): Gauge<L> =>
    new Gauge({ name, help, labelNames, registers })
  const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers })

  const runSeconds = histogram(
    'cicd_pipeline_run_duration_seconds',
    'How long runs of a pipeline took',
    ['cicd_pipeline_name', 'cicd_pipeline_run_state', 'cicd_pipeline_result', 'error_type'],
    longSeconds,
  )
  const active = gauge('cicd_pipeline_run_active', 'Runs of a pipeline that are under way', [
    'cicd_pipeline_name',
    'cicd_pipeline_run_state',
  ])
  const runErrors = counter('cicd_pipeline_run_errors_total', 'Runs of a pipeline that ended badly', [
    'cicd_pipeline_name',
    'error_type',
  ])
  const systemErrors = counter('cicd_system_errors_total', 'Failures of the CI system itself', [
    'cicd_system_component',
    'error_type',
  ])
  const webhooks = counter('mendline_webhooks_total', 'Webhook deliveries by their answer', ['vendor', 'answer'])
  const webhookSeconds = histogram(
    'mendline_webhook_seconds',
    'From the first byte of a delivery until its events were durable',
    ['vendor'],
    shortSeconds,
  )
  const diagnoses = counter('mendline_diagnoses_total', 'Failures diagnosed, by category', ['category'])
  const diagnosisSeconds = histogram('mendline_diagnosis_seconds', 'Time to diagnose a failure', [], shortSeconds)
  const comparisons = counter(
    'mendline_passing_logs_total',
    'Failed jobs by whether a log of the job when it passed was kept, fetched, known of none, spared because too many failed at once, or could not be had in time',
    ['answer'],
  )
  const decisionSeconds = histogram(
    'mendline_decision_seconds',
    'From a failed run being known until what to do was decided',
    ['remedy'],
    shortSeconds,
  )
  const permits = counter('mendline_permits_total', 'Permits by their answer', ['remedy', 'answer', 'reason'])
  const healings = counter('mendline_healings_total', 'Healings by how they ended', ['remedy', 'outcome'])
  const incidents = counter('mendline_incidents_total', 'Incidents opened', ['severity'])
  const lag = gauge('mendline_reader_lag_events', 'Events that wait for a reader of the log, at most', ['reader'])
  const aside = gauge('mendline_set_aside', 'Events or flows that failed for good and wait for a person', ['kind'])

  const fewNames = bounded(500)
  // Whoever writes a workflow chooses its name: a label is one short line of plain text.
  const pipelineName = (pipeline: string) => fewNames(plainLine(pipeline, 100))
  const questions: (() => Promise<void>)[] = []
  return {
    runEnded({ pipeline, result, seconds, errorType }) {
      const name = pipelineName(pipeline)
      const failed = errorType === undefined ? {} : { error_type: errorType }
      const labels = { cicd_pipeline_name: name, cicd_pipeline_run_state: 'executing', cicd_pipeline_result: result }
      runSeconds.observe({ ...labels, ...failed }, seconds)
      if (errorType !== undefined) runErrors.inc({ cicd_pipeline_name: name, error_type: errorType })
    },
    runsActive: (pipeline, state, runs) =>
      active.set({ cicd_pipeline_name: pipelineName(pipeline), cicd_pipeline_run_state: state }, runs),
    systemErrored: (component, errorType) =>
      systemErrors.inc({ cicd_system_component: component, error_type: errorType }),
    webhookAnswered: (vendor, answer) => webhooks.inc({ vendor, answer }),
    webhookTaken: (vendor, seconds) => webhookSeconds.observe({ vendor }, seconds),
    diagnosed: (category) => diagnoses.inc({ category }),
    diagnosisTook: (seconds) => diagnosisSeconds.observe(seconds),
    comparedWithPass: (answer) => comparisons.inc({ answer }),
    decided: (remedy, seconds) => decisionSeconds.observe({ remedy }, seconds),
    permitAnswered: (remedy, answer, reason) => permits.inc({ remedy, answer, reason }),
    healed: (remedy, outcome) => healings.inc({ remedy, outcome }),
    incidentOpened: (severity) => incidents.inc({ severity }),
    readerLags(readers) {
      lag.reset()
      for (const { reader, events } of readers) lag.set({ reader }, events)
    },
    setAside: (kind, count) => aside.set({ kind }, count),
    onScrape: (ask) => void questions.push(ask),
    contentType: registry.contentType,
    async text() {
      await Promise.allSettled(questions.map((ask) => ask()))
      return registry.metrics()
    },
  }
}

/** Names come from outside: after so many different ones, all others are counted together. */
function bounded(atMost: number): (name: string) => string {
  const seen = new Set<string>()
  return (name) => {
    if (seen.has(name)) return name
    if (seen.size >= atMost) return 'other'
    seen.add(name)
    return name
  }
}
