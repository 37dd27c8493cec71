import type { FamilyView, ModelList } from '../../src/contract/learning.ts'
import type {
  AutonomyView,
  DiagnosisView,
  EventList,
  HealingView,
  IncidentView,
  JobView,
  NowView,
  PermitView,
  RunSummary,
  RunView,
  Stitch,
  StopView,
  StuckList,
} from '../../src/contract/views.ts'
import { recordedFamilies, recordedModels } from './recorded-learning.ts'

/** Everything the gateway may be asked for, as a day with a little of everything: made up, but of the contract's shape. */
export interface House {
  families: FamilyView[]
  models: ModelList
  now: NowView
  runs: RunView[]
  healings: HealingView[]
  events: EventList['events']
  autonomy: AutonomyView
  stop: StopView
  stuck: StuckList
  logs: Map<string, { lines: string[]; failing: { start: number; end: number } | null }>
}

type Diagnosis = typeof DiagnosisView._output
type Job = typeof JobView._output

const start = Date.now()
export const minutesAgo = (minutes: number) => new Date(start - minutes * 60_000).toISOString()
const sha = (n: number) => n.toString(16).padStart(2, '0').repeat(20)

export function run(number: number, pipeline: string, more: Partial<RunSummary> = {}): RunSummary {
  return {
    id: `native/${number}`,
    vendor: 'native',
    repository: 'acme/shop',
    pipeline,
    number,
    attempt: 1,
    status: 'completed',
    conclusion: 'failure',
    branch: 'main',
    sha: sha(number),
    actor: 'ada',
    title: 'Round prices to the cent before tax',
    url: null,
    createdAt: minutesAgo(60 - number),
    startedAt: minutesAgo(60 - number),
    updatedAt: minutesAgo(58 - number),
    ...more,
  }
}

export function job(name: string, of: RunSummary, more: Partial<Job> = {}): Job {
  const failed = more.conclusion === 'failure'
  const step = (number: number, title: string, conclusion: string | null) => ({
    number,
    name: title,
    status: conclusion === null ? 'in_progress' : 'completed',
    conclusion,
    startedAt: of.startedAt,
    completedAt: conclusion === null ? null : of.updatedAt,
  })
  return {
    id: `${of.id}-${name}`,
    name,
    attempt: of.attempt,
    status: 'completed',
    conclusion: 'success',
    startedAt: of.startedAt,
    completedAt: of.updatedAt,
    needs: [],
    steps: [
      step(1, 'Set up job', 'success'),
      step(2, 'Check out', 'success'),
      step(3, 'npm ci', 'success'),
      step(4, `npm run ${name}`, failed ? 'failure' : 'success'),
      ...(failed ? [step(5, 'Upload report', 'skipped')] : []),
    ],
    hasLog: true,
    ...more,
  }
}

export function diagnosis(more: Partial<Diagnosis> = {}): Diagnosis {
  return {
    category: 'code.compile',
    confidence: 0.97,
    abstained: false,
    categories: [
      { category: 'code.compile', p: 0.97 },
      { category: 'code.test', p: 0.02 },
    ],
    phase: 'build',
    outcome: 'failure',
    owner: 'author',
    transience: { verdict: 'deterministic', p: 0.99, why: 'A compiler says the same of the same source.' },
    fingerprint: { exact: 'a1b2c3', family: 'tsc-ts2345', version: 1 },
    location: { file: 'src/price.ts', line: 41, column: 17 },
    sentence: 'src/price.ts:41 passes a string where a number is wanted',
    evidence: ['The line has the form of a TypeScript error (TS2345).', 'The step ended with exit code 2.'],
    excerpts: [
      {
        start: 812,
        end: 814,
        score: 0.95,
        why: 'the first error of the compiler',
        text: [
          "src/price.ts(41,17): error TS2345: Argument of type 'string' is not assignable to parameter of type 'number'.",
          '41   return round(total.toFixed(2))',
          '                   ~~~~~~~~~~~~~~~~',
        ],
      },
    ],
    ...more,
  }
}

export function permit(of: RunSummary, jobs: string[], more: Partial<PermitView> = {}): PermitView {
  return {
    id: `permit-${of.number}`,
    remedy: 'rerun-failed',
    mode: 'auto',
    state: 'used',
    reasons: [],
    bound: { repository: of.repository, runId: of.id, attempt: of.attempt, sha: of.sha, pipeline: of.pipeline, jobs },
    askedAt: of.updatedAt,
    decidedAt: of.updatedAt,
    decidedBy: 'policy',
    expiresAt: null,
    ...more,
  }
}

export function healing(of: RunSummary, jobName: string, more: Partial<HealingView> = {}): HealingView {
  return {
    id: `heal-${of.number}`,
    run: of,
    job: jobName,
    jobId: `${of.id}-${jobName}`,
    state: 'finished',
    outcome: 'told',
    sentence: `Told the author of ${of.pipeline} #${of.number} where it broke`,
    startedAt: of.updatedAt,
    finishedAt: of.updatedAt,
    diagnosis: diagnosis(),
    plan: { remedy: 'do-nothing', why: 'A rerun of the same source fails the same way.' },
    inputs: { category: 'code.compile', transience: 'deterministic', attempt: of.attempt, mode: 'auto' },
    permit: null,
    effect: null,
    proof: null,
    seen: { times: 1, since: null },
    moments: [
      { at: of.updatedAt, what: 'sensed', sentence: 'Read 1,240 lines of the log.' },
      { at: of.updatedAt, what: 'diagnosed', sentence: 'The compiler rejects src/price.ts.' },
      { at: of.updatedAt, what: 'decided', sentence: 'Not rerun: the same source fails the same way.' },
    ],
    ...more,
  }
}

const flaky = run(41, 'test', { attempt: 2, conclusion: 'success', title: 'Sort the basket by name' })
const compile = run(42, 'build')
const outage = run(43, 'test', {
  status: 'in_progress',
  conclusion: null,
  attempt: 2,
  title: 'Take the catalogue from the mirror',
})
const hang = run(45, 'integration', { conclusion: 'timed_out', actor: 'grace', title: 'Wait for the queue to drain' })
const release = run(46, 'release', { title: 'Release 1.8.0', actor: 'grace' })
const oom = run(44, 'build', { attempt: 2, status: 'in_progress', conclusion: null, title: 'Bundle all locales' })

const incident: IncidentView = {
  id: 'incident-1',
  title: 'integration of acme/shop hangs',
  severity: 'high',
  state: 'open',
  openedAt: minutesAgo(12),
  resolvedAt: null,
  runId: hang.id,
  healing: `heal-${hang.number}`,
  evidence: [
    'No output for 4 min 10 s and no processor time: it waits, it does not work.',
    'The last line was “waiting for queue:orders”.',
  ],
}

export function aDay(): House {
  const told = healing(compile, 'build')
  const asked = healing(release, 'publish', {
    state: 'asking',
    outcome: null,
    finishedAt: null,
    sentence: 'publish failed because registry.local reset the connection; a rerun may publish twice',
    diagnosis: diagnosis({
      category: 'net.reset',
      confidence: 0.91,
      phase: 'deploy',
      outcome: 'error',
      owner: 'platform',
      location: null,
      sentence: 'The registry reset the connection while the package was sent',
      transience: {
        verdict: 'intermittent',
        p: 0.93,
        why: 'Resets of this registry went away by themselves 4 times of 4.',
      },
      evidence: ['ECONNRESET from registry.local:4873.', 'No line of this repository is named.'],
      excerpts: [
        {
          start: 210,
          end: 211,
          score: 0.9,
          why: 'the error of the client',
          text: ['npm error code ECONNRESET', 'npm error network socket hang up'],
        },
      ],
    }),
    plan: { remedy: 'rerun-failed', why: 'Resets like this one went away on a rerun.', waitMs: 30_000 },
    permit: permit(release, ['publish'], {
      mode: 'ask',
      state: 'asked',
      reasons: [
        { code: 'side-effect', sentence: 'The job publishes a package, and publishing twice cannot be undone.' },
      ],
      decidedAt: null,
      decidedBy: null,
      expiresAt: minutesAgo(-23 * 60),
    }),
  })
  const mended = healing(flaky, 'test', {
    outcome: 'mended',
    sentence: 'Reran job test of acme/shop: green at the same commit',
    diagnosis: diagnosis({
      category: 'test.flaky',
      confidence: 0.88,
      phase: 'test',
      owner: 'test-owner',
      location: { file: 'test/basket.test.ts', line: 19, column: null },
      sentence: 'basket.test.ts “sorts by name” fails now and then',
      transience: { verdict: 'intermittent', p: 0.9, why: 'It was green and red at the same commit before.' },
    }),
    plan: { remedy: 'rerun-failed', why: 'It was green at the same commit before.', waitMs: 0 },
    permit: permit(flaky, ['test']),
    effect: { kind: 'rerun', attempt: 2, accepted: true },
    proof: { held: true, sentence: 'Green at the same commit on attempt 2; 3 of 3 like it held.' },
    seen: { times: 4, since: minutesAgo(60 * 24 * 3) },
  })
  const waiting = healing(outage, 'test', {
    state: 'waiting',
    outcome: null,
    finishedAt: null,
    sentence: 'Waits for the package mirror, which answers 503, before it reruns job test',
    plan: { remedy: 'rerun-failed', why: 'The mirror asks to come back in 60 s.', waitMs: 60_000 },
    permit: permit(outage, ['test']),
  })
  const proving = healing(oom, 'build', {
    state: 'proving',
    outcome: null,
    finishedAt: null,
    sentence: 'Reran job build with 1,024 MiB instead of 512 MiB; watches whether it ends green',
    plan: { remedy: 'more-memory', why: 'Killed at its limit.', memoryBytes: 2 ** 30, fromBytes: 2 ** 29 },
    permit: permit(oom, ['build'], { remedy: 'more-memory' }),
  })
  const stopped = healing(hang, 'integration', {
    outcome: 'refused',
    sentence: 'Stopped the hang of integration and opened an incident; not rerun',
    plan: { remedy: 'stop-hang', why: 'Four minutes without output or processor time.', jobs: ['integration'] },
    permit: permit(hang, ['integration'], { remedy: 'stop-hang' }),
  })
  const healings = [asked, stopped, proving, waiting, told, mended]
  const runs = healings.map((each) => view(each))
  return {
    families: recordedFamilies(healings),
    models: recordedModels(),
    now: {
      sentence: '3 things need you; 2 failures are being mended; 5 of 8 pipelines are healthy',
      stopped: false,
      needsYou: [
        {
          kind: 'approval',
          since: release.updatedAt,
          sentence: 'May the job publish of release #46 run again?',
          permit: asked.permit ?? permit(release, []),
          healing: asked,
        },
        { kind: 'incident', since: incident.openedAt, sentence: incident.title, incident },
        { kind: 'failure', since: compile.updatedAt, sentence: told.diagnosis?.sentence ?? '', healing: told },
      ],
      mending: [waiting, proving],
      pipelines: pipelines(),
    },
    runs,
    healings,
    events: events(),
    autonomy: {
      rows: [
        {
          repository: 'acme/shop',
          remedy: 'rerun-failed',
          mode: 'auto',
          source: 'default',
          tried: 12,
          proven: 11,
          disproven: 1,
        },
        {
          repository: 'acme/shop',
          remedy: 'more-memory',
          mode: 'ask',
          source: 'default',
          tried: 3,
          proven: 2,
          disproven: 0,
        },
        {
          repository: 'acme/shop',
          remedy: 'stop-hang',
          mode: 'suggest',
          source: '.mendline.yml',
          tried: 0,
          proven: 0,
          disproven: 0,
        },
      ],
    },
    stop: { stopped: false, by: null, why: null, since: null },
    stuck: {
      flows: [
        { id: 'flow-7', flow: 'heal', error: 'the log could not be read: 502', since: minutesAgo(90), attempts: 5 },
      ],
    },
    logs: new Map(runs.flatMap((each) => each.jobs.map((one) => [one.id, log(2400)] as const))),
  }
}

function view(of: HealingView): RunView {
  const { run: summary } = of
  const jobs = [
    job('lint', summary),
    job('build', summary, of.job === 'build' ? { conclusion: 'failure' } : {}),
    job('test', summary, { needs: ['build'], ...(of.job === 'test' && { conclusion: 'failure' }) }),
    job('integration', summary, { needs: ['build'], ...(of.job === 'integration' && { conclusion: 'timed_out' }) }),
    job('publish', summary, {
      needs: ['lint', 'test', 'integration'],
      conclusion: of.job === 'publish' ? 'failure' : 'skipped',
    }),
  ]
  return {
    run: summary,
    attempts: Array.from({ length: summary.attempt }, (_, i) => ({
      attempt: i + 1,
      conclusion: i + 1 === summary.attempt ? summary.conclusion : 'failure',
    })),
    jobs,
    healings: [of],
    seam: ['pass', 'pass', 'mended', 'pass', 'unknown', 'pass', 'pass', stitchOf(of)],
  }
}

function stitchOf(of: HealingView): Stitch {
  if (of.outcome === 'mended') return 'mended'
  return of.state === 'finished' ? 'fail' : 'unknown'
}

function pipelines(): NowView['pipelines'] {
  const line = (repository: string, latest: RunSummary, seam: Stitch[]) => ({
    repository,
    pipeline: latest.pipeline,
    branch: latest.branch,
    seam,
    latest: { ...latest, repository },
  })
  const passed = { conclusion: 'success' }
  return [
    line('acme/shop', release, ['pass', 'pass', 'pass', 'held', 'pass', 'pass', 'pass', 'fail']),
    line('acme/shop', hang, ['pass', 'pass', 'mended', 'pass', 'pass', 'pass', 'pass', 'fail']),
    line('acme/shop', compile, ['pass', 'pass', 'pass', 'pass', 'mended', 'pass', 'pass', 'fail']),
    line('acme/shop', outage, ['pass', 'fail', 'mended', 'mended', 'pass', 'pass', 'pass', 'unknown']),
    line('acme/ledger', run(30, 'test', passed), [
      'pass',
      'pass',
      'pass',
      'pass',
      'pass',
      'pass',
      'pass',
      'pass',
      'pass',
      'pass',
      'pass',
      'pass',
    ]),
    line('acme/ledger', run(31, 'image', passed), ['pass', 'pass', 'mended', 'pass', 'pass', 'pass']),
    line('acme/site', run(32, 'pages', passed), ['unknown', 'pass', 'pass', 'pass', 'fail', 'pass', 'pass']),
    line('acme/search', run(33, 'nightly', { ...passed, branch: null }), ['pass', 'mended', 'mended', 'pass']),
  ]
}

function events(): House['events'] {
  const kinds = [
    'push.received',
    'run.reported',
    'run.started',
    'job.reported',
    'run.failed',
    'failure.diagnosed',
    'remedy.planned',
    'permit.asked',
    'permit.granted',
    'remedy.applied',
    'remedy.proven',
    'healing.finished',
  ]
  return kinds
    .map((type, i) => ({
      id: `event-${i}`,
      position: 100 + i,
      type,
      subject: flaky.id,
      time: minutesAgo(30 - i),
      correlation: 'event-0',
      causation: i === 0 ? null : `event-${i - 1}`,
      data: { healing: 'heal-41', sentence: `The ${type} of a recorded day` },
    }))
    .reverse()
}

export function log(lines: number) {
  const text = Array.from(
    { length: lines },
    (_, i) => `2026-01-02T03:04:${String(i % 60).padStart(2, '0')}.000Z line ${i + 1} of a long build`,
  )
  text[4] = '2026-01-02T03:04:04.000Z ##[group]Run npm ci'
  text[40] = '2026-01-02T03:04:40.000Z ##[endgroup]'
  if (lines >= 814) {
    text[811] =
      "src/price.ts(41,17): error TS2345: Argument of type 'string' is not assignable to parameter of type 'number'."
    text[812] = '41   return round(total.toFixed(2))'
    text[813] = '                   ~~~~~~~~~~~~~~~~'
  }
  text[lines - 1] = '##[error]Process completed with exit code 2.'
  return { lines: text, failing: lines >= 814 ? { start: 812, end: 814 } : null }
}
