import { setTimeout as pause } from 'node:timers/promises'
import type { HrTime } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node'
import type { Job, Run } from '../../model/run.ts'
import type { Logger } from './logger.ts'
import { type Cause, type SpanFacts, spansOf } from './spans.ts'

/** Tells a tracing back end about runs. What cannot be sent is dropped: watching must never hold up the work. */
export interface Tracing {
  runEnded(run: Run, jobs: readonly Job[], cause?: Cause): void
  /** Sends what is left. */
  stop(): Promise<void>
}

/** Without an endpoint nothing is loaded and nothing is sent. */
export async function createTracing(options: {
  /** Base address of an OTLP/HTTP receiver, as in OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly endpoint: string | undefined
  readonly logger: Logger
}): Promise<Tracing> {
  const { endpoint, logger } = options
  if (endpoint === undefined || endpoint === '') return { runEnded: () => undefined, stop: async () => undefined }
  // 0.3 s to import, so only for those who trace.
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ])
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`
  const processor = new sdk.BatchSpanProcessor(new OTLPTraceExporter({ url, timeoutMillis: 10_000 }), {
    maxQueueSize: 4_096,
    scheduledDelayMillis: 2_000,
  })
  const resource = resourceFromAttributes({ 'service.name': 'mendline' })
  const context = (traceId: string, spanId: string) => ({ traceId, spanId, traceFlags: api.TraceFlags.SAMPLED })

  const toSpan = (facts: SpanFacts): ReadableSpan => ({
    name: facts.name,
    kind: facts.kind === 'server' ? api.SpanKind.SERVER : api.SpanKind.INTERNAL,
    spanContext: () => context(facts.traceId, facts.spanId),
    ...(facts.parentSpanId === undefined ? {} : { parentSpanContext: context(facts.traceId, facts.parentSpanId) }),
    startTime: highResolution(facts.start.getTime()),
    endTime: highResolution(facts.end.getTime()),
    duration: highResolution(facts.end.getTime() - facts.start.getTime()),
    ended: true,
    status: { code: facts.failed ? api.SpanStatusCode.ERROR : api.SpanStatusCode.UNSET },
    attributes: facts.attributes,
    links: facts.links.map((link) => ({ context: context(link.traceId, link.spanId) })),
    events: [],
    resource,
    instrumentationScope: { name: 'mendline' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  })

  return {
    runEnded(run, jobs, cause) {
      for (const facts of spansOf(run, jobs, cause)) processor.onEnd(toSpan(facts))
    },
    stop: async () => {
      const sent = processor.shutdown().catch((error: unknown) => logger.debug({ err: error }, 'spans were not sent'))
      await Promise.race([sent, pause(stopLimitMs, undefined, { ref: false })])
    },
  }
}

/** A receiver that is away must not hold up the end of the process. */
const stopLimitMs = 1_000

function highResolution(ms: number): HrTime {
  return [Math.floor(ms / 1_000), (ms % 1_000) * 1_000_000]
}
