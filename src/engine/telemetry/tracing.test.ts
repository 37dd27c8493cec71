import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { type Job, jobId, type Run, runId } from '../../model/run.ts'
import { silentLogger } from './logger.ts'
import { spansOf } from './spans.ts'
import { createTracing } from './tracing.ts'

const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1, 12, 0, second))

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
  branch: 'main',
  sha: 'f00d',
  createdAt: at(0),
  startedAt: at(1),
  updatedAt: at(50),
}

const job: Job = {
  id: jobId('gh', 70),
  runId: run.id,
  externalId: '70',
  attempt: 1,
  name: 'test',
  status: 'completed',
  conclusion: 'failure',
  startedAt: at(5),
  completedAt: at(40),
  steps: [],
}

test('a run is a server span by the CI/CD conventions, its jobs are its children', () => {
  const [root, child, ...rest] = spansOf(run, [job])
  expect(rest).toEqual([])
  expect(root).toMatchObject({ name: 'RUN build', kind: 'server', start: at(1), end: at(40), failed: true, links: [] })
  expect(root?.attributes).toEqual({
    'cicd.pipeline.action.name': 'RUN',
    'cicd.pipeline.name': 'build',
    'cicd.pipeline.run.id': 'gh/7',
    'cicd.pipeline.result': 'failure',
    'error.type': 'failure',
    'vcs.owner.name': 'shop',
    'vcs.repository.name': 'cart',
    'vcs.ref.head.name': 'main',
    'vcs.ref.head.type': 'branch',
    'vcs.ref.head.revision': 'f00d',
    'mendline.run.attempt': 1,
  })
  expect(child).toMatchObject({ name: 'test', kind: 'internal', traceId: root?.traceId, parentSpanId: root?.spanId })
  expect(child?.attributes['cicd.pipeline.task.run.result']).toBe('failure')
})

test('a diagnosis tells the fault of the code from the fault of the system', () => {
  const [root] = spansOf(run, [], { category: 'net.dns', outcome: 'error' })
  expect(root?.attributes).toMatchObject({ 'cicd.pipeline.result': 'error', 'error.type': 'net.dns' })
  const [green] = spansOf({ ...run, conclusion: 'success' }, [])
  expect(green?.attributes).not.toHaveProperty('error.type')
  expect(green?.failed).toBe(false)
})

test('a later attempt is a trace of its own that links to the first, and leaves out its jobs', () => {
  const [first] = spansOf(run, [])
  const [second, ...rest] = spansOf({ ...run, attempt: 2 }, [job])
  expect(second?.traceId).not.toBe(first?.traceId)
  expect(second?.links).toEqual([{ traceId: first?.traceId, spanId: first?.spanId }])
  expect(rest).toEqual([])
})

test('clocks that run backwards and jobs that never ran do no harm', () => {
  const [root, ...children] = spansOf({ ...run, updatedAt: at(0) }, [
    { ...job, startedAt: undefined, completedAt: undefined, conclusion: 'skipped' },
  ])
  expect(root?.end).toEqual(root?.start)
  expect(children).toEqual([])
})

interface Received {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly { name: string; kind: number; parentSpanId?: string }[] }[]
  }[]
}

test('spans reach an OTLP receiver over plain HTTP', async () => {
  const bodies: { readonly path: string | undefined; readonly body: Received }[] = []
  const sink = createServer(async (request, response) => {
    bodies.push({ path: request.url, body: (await json(request)) as Received })
    response.setHeader('content-type', 'application/json').end('{}')
  })
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(sink.address() as AddressInfo).port}/`
  const tracing = await createTracing({ endpoint, logger: silentLogger() })
  tracing.runEnded(run, [job])
  await tracing.stop()
  sink.close()
  const spans = bodies.flatMap(({ body }) => body.resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans)))
  expect(bodies[0]?.path).toBe('/v1/traces')
  // 2 is SERVER and 1 INTERNAL in the protocol.
  expect(spans.map(({ name, kind }) => [name, kind])).toEqual([
    ['RUN build', 2],
    ['test', 1],
  ])
  expect(spans[1]?.parentSpanId).toBe(spansOf(run, [])[0]?.spanId)
})

test('a receiver that is not there holds nothing up', async () => {
  const tracing = await createTracing({ endpoint: 'http://127.0.0.1:9', logger: silentLogger() })
  tracing.runEnded(run, [job])
  const before = performance.now()
  await tracing.stop()
  expect(performance.now() - before).toBeLessThan(3_000)
})

test('without an endpoint nothing happens', async () => {
  const tracing = await createTracing({ endpoint: undefined, logger: silentLogger() })
  tracing.runEnded(run, [job])
  await tracing.stop()
})
