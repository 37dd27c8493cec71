import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { generator } from './build-log.ts'
import { failureLog, passingLog } from './decision/failures.ts'
import { type Installation, openInstallation } from './decision/installation.ts'
import { readTimings, type Timing } from './decision/timings.ts'
import { keepResult, machine, round, spread } from './measure.ts'

/**
 * Failed run known → decision, log in hand, while 200 runs fail a minute: `node bench/decision.ts [--seconds N]`. The
 * whole way is walked: webhooks, log download and archive, diagnosis, permit, rerun, proof.
 */
const perMinute = 200
const warmUpSeconds = 20
const drainLimitMs = 120_000
const goal = { p50Ms: 1_000, p95Ms: 5_000 }
const repositories = Array.from({ length: 40 }, (_, index) => `acme/service-${index + 1}`)

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '90' } } })
const seconds = Number(values.seconds)
const machineAtStart = machine()
const installation = await openInstallation(repositories)
try {
  await arrivals(installation, warmUpSeconds, 0)
  const first = Math.round((warmUpSeconds * perMinute) / 60)
  const runs = await arrivals(installation, seconds, first)
  const atEnd = await readTimings(installation.store, runs)
  const { timings, drainMs } = await drained(installation, runs)
  const planned = timings.flatMap(({ plannedMs }) => plannedMs ?? [])
  const result = {
    what: 'failed run known to decision, with the log fetched on the way',
    at: new Date().toISOString(),
    machine: machineAtStart,
    setting: {
      perMinute,
      seconds,
      warmUpSeconds,
      repositories: repositories.length,
      linesOfLog: '500-5000',
      processes: 'PostgreSQL, gateway, worker with scheduler; look-alike of GitHub and this bench beside them',
      fsync: (await installation.store.pool.query<{ fsync: string }>('show fsync')).rows[0]?.fsync,
    },
    failures: runs.length,
    decidedMs: spread(planned),
    grantedMs: spread(timings.flatMap(({ grantedMs }) => grantedMs ?? [])),
    /** Before the clock of the two above starts: from the durable webhook to the failure as an event. */
    heardMs: spread(timings.map(({ heardMs }) => heardMs)),
    backlogAtEnd: runs.length - decided(atEnd),
    neverDecided: runs.length - decided(timings),
    drainMs: round(drainMs),
    remedies: countBy(timings, ({ remedy }) => remedy),
    permits: countBy(timings, ({ permit }) => permit),
    goal,
  }
  keepResult('decision', result)
  print(result)
} finally {
  await installation.close()
}

/** Open loop: runs fail at times drawn beforehand, however long the ones before them take. Gives their ids. */
async function arrivals({ github }: Installation, forSeconds: number, from: number): Promise<readonly string[]> {
  const count = Math.round((forSeconds * perMinute) / 60)
  const random = generator(from + 1)
  const due = Array.from({ length: count }, () => random() * forSeconds * 1_000).sort((a, b) => a - b)
  const begin = performance.now()
  return await Promise.all(
    due.map(async (atMs, index) => {
      await pause(Math.max(0, begin + atMs - performance.now()))
      const n = from + index
      const repository = repositories[n % repositories.length] ?? ''
      await github.script({ repository, afterMs: 500, log: passingLog(n) })
      const jobs = [{ name: 'build' }, { name: 'test', needs: ['build'], log: failureLog(n) }]
      const { id } = await github.addRun({ repository, jobs, end: { jobs: { test: 'failure' } } })
      return `acme/${id}`
    }),
  )
}

async function drained({ store }: Installation, runs: readonly string[]) {
  const begin = performance.now()
  for (;;) {
    const timings = await readTimings(store, runs)
    const drainMs = performance.now() - begin
    const settled = timings.filter(({ permit }) => permit !== undefined).length === runs.length
    if (settled || drainMs > drainLimitMs) return { timings, drainMs }
    await pause(500)
  }
}

function decided(timings: readonly Timing[]): number {
  return timings.filter(({ plannedMs }) => plannedMs !== undefined).length
}

function countBy(timings: readonly Timing[], key: (timing: Timing) => string | undefined) {
  return Object.fromEntries(
    [...Map.groupBy(timings, (timing) => key(timing) ?? 'none')].map(([name, list]) => [name, list.length]),
  )
}

function print({
  failures,
  decidedMs,
  grantedMs,
  heardMs,
  backlogAtEnd,
  drainMs,
  remedies,
  permits,
  machine,
}: Printed) {
  const say = (times: Printed['decidedMs']) =>
    `p50 ${times.p50} ms, p95 ${times.p95} ms, p99 ${times.p99} ms, longest ${times.max} ms (${times.count})`
  console.log(`${failures} failed runs in ${seconds} s, load ${machine.loadAverage} at the start`)
  console.log(`  run.failed → remedy.planned  ${say(decidedMs)}; reach p50 ${goal.p50Ms} ms, p95 ${goal.p95Ms} ms`)
  console.log(`  run.failed → permit.granted  ${say(grantedMs)}`)
  console.log(`  durable webhook → run.failed ${say(heardMs)}`)
  console.log(`  undecided when the last had failed: ${backlogAtEnd}; all were decided ${drainMs} ms later`)
  console.log(`  remedies ${JSON.stringify(remedies)}, permits ${JSON.stringify(permits)}`)
}

type Printed = {
  readonly failures: number
  readonly decidedMs: ReturnType<typeof spread>
  readonly grantedMs: ReturnType<typeof spread>
  readonly heardMs: ReturnType<typeof spread>
  readonly backlogAtEnd: number
  readonly drainMs: number
  readonly remedies: Readonly<Record<string, number>>
  readonly permits: Readonly<Record<string, number>>
  readonly machine: { readonly loadAverage: number }
}
