import { z } from 'zod'

/** One line of the table: what was measured, beside its peer and its limit. */
export interface Figure {
  readonly what: string
  readonly measured: string
  readonly against: string
  readonly reach: string
  readonly reached: 'yes' | 'no' | 'not measured'
}

export interface Bench {
  readonly name: string
  /** What stands in the table, from the result that the bench left. */
  readonly figures: (result: unknown) => readonly Figure[]
}

const milliseconds = z.object({ p50: z.number(), p95: z.number(), p99: z.number() })

const intake = reads(
  z.object({
    webhooksPerSecond: z.number(),
    bareInsertsPerSecond: z.number(),
    ratio: z.number(),
    openLoop: z.object({ perSecond: z.number(), p99Ms: z.number() }),
    goal: z.object({ ratio: z.number(), p99Ms: z.number() }),
  }),
  ({ webhooksPerSecond, bareInsertsPerSecond, ratio, openLoop, goal }) => [
    {
      what: 'webhook → durable 2xx',
      measured: `${webhooksPerSecond}/s, ${percent(ratio)}`,
      against: `bare insert of the same bytes: ${bareInsertsPerSecond}/s`,
      reach: `≥ ${percent(goal.ratio)}`,
      reached: yes(ratio >= goal.ratio),
    },
    {
      what: `webhook → durable 2xx at ${openLoop.perSecond}/s`,
      measured: `p99 ${openLoop.p99Ms} ms`,
      against: '–',
      reach: `p99 ≤ ${goal.p99Ms} ms`,
      reached: yes(openLoop.p99Ms <= goal.p99Ms),
    },
  ],
)

const decision = reads(
  z.object({
    setting: z.object({ perMinute: z.number() }),
    decidedMs: milliseconds,
    neverDecided: z.number(),
    goal: z.object({ p50Ms: z.number(), p95Ms: z.number() }),
  }),
  ({ setting, decidedMs, neverDecided, goal }) => [
    {
      what: `failed run known → decision, ${setting.perMinute} a minute`,
      measured: `p50 ${decidedMs.p50} ms, p95 ${decidedMs.p95} ms${neverDecided === 0 ? '' : `, ${neverDecided} never`}`,
      against: '–',
      reach: `p50 ≤ ${goal.p50Ms} ms, p95 ≤ ${goal.p95Ms} ms`,
      reached: yes(decidedMs.p50 <= goal.p50Ms && decidedMs.p95 <= goal.p95Ms && neverDecided === 0),
    },
  ],
)

const logReading = reads(
  z.object({
    bytes: z.number(),
    megabytesPerSecond: z.number(),
    megabytesPerCpuSecond: z.number(),
    peakMegabytes: z.number(),
    rg: z.union([z.string(), z.object({ megabytesPerSecond: z.number(), patterns: z.number() })]),
    timesAsFastAsRg: z.number().nullable(),
    megabytesOverIdle: z.number(),
    goal: z.object({ megabytesPerCpuSecond: z.number(), megabytesOverIdle: z.number() }),
  }),
  ({
    bytes,
    megabytesPerSecond,
    megabytesPerCpuSecond,
    peakMegabytes,
    megabytesOverIdle,
    rg,
    timesAsFastAsRg,
    goal,
  }) => [
    {
      what: `reading a log of ${(bytes / 1e9).toFixed(1)} GB`,
      measured: `${megabytesPerCpuSecond} MB/s a core (${megabytesPerSecond} by the clock)`,
      against:
        typeof rg === 'string'
          ? rg
          : `rg with ${rg.patterns} of the patterns: ${rg.megabytesPerSecond} MB/s, ratio ${timesAsFastAsRg}`,
      reach: `≥ ${goal.megabytesPerCpuSecond} MB/s a core`,
      reached: yes(megabytesPerCpuSecond >= goal.megabytesPerCpuSecond),
    },
    {
      what: '  memory over a process that reads nothing',
      measured: `${megabytesOverIdle} MB (${peakMegabytes} MB at its peak)`,
      against: '–',
      reach: `≤ ${goal.megabytesOverIdle} MB`,
      reached: yes(megabytesOverIdle <= goal.megabytesOverIdle),
    },
  ],
)

const story = reads(
  z.object({
    firstMendedSeconds: z.number().nullable(),
    endSeconds: z.number(),
    chapters: z.array(z.object({ chapter: z.number(), asTold: z.boolean() })),
    goal: z.object({ firstMendedSeconds: z.number(), endSeconds: z.number() }),
  }),
  ({ firstMendedSeconds, endSeconds, chapters, goal }) => {
    const asTold = chapters.filter((chapter) => chapter.asTold).length
    return [
      {
        what: 'mendline up → first mended failure',
        measured: firstMendedSeconds === null ? 'never' : `${firstMendedSeconds} s`,
        against: '–',
        reach: `≤ ${goal.firstMendedSeconds} s`,
        reached: yes(firstMendedSeconds !== null && firstMendedSeconds <= goal.firstMendedSeconds),
      },
      {
        what: 'mendline up → end of the story',
        measured: `${endSeconds} s`,
        against: '–',
        reach: `≤ ${goal.endSeconds} s`,
        reached: yes(endSeconds <= goal.endSeconds),
      },
      {
        what: '  chapters that went as told',
        measured: `${asTold} of ${chapters.length}`,
        against: '–',
        reach: 'all',
        reached: yes(asTold === chapters.length),
      },
    ]
  },
)

const dashboard = reads(
  z.object({ kilobytes: z.number(), goal: z.object({ kilobytes: z.number() }) }),
  ({ kilobytes, goal }) => [
    {
      what: 'first load of the dashboard',
      measured: `${kilobytes} KB of JavaScript in gzip`,
      against: '–',
      reach: `≤ ${goal.kilobytes} KB`,
      reached: yes(kilobytes <= goal.kilobytes),
    },
  ],
)

const diagnose = reads(
  z.object({ medianSeconds: z.number(), startSeconds: z.number(), goal: z.object({ seconds: z.number() }) }),
  ({ medianSeconds, startSeconds, goal }) => [
    {
      what: 'mendline diagnose of 10 MB',
      measured: `${medianSeconds} s`,
      against: `the same command with nothing to do: ${startSeconds} s`,
      reach: `< ${goal.seconds} s`,
      reached: yes(medianSeconds < goal.seconds),
    },
  ],
)

/** Every bench that has a place in the table, in the order in which they run; `<name>.ts` leaves `results/<name>.json`. */
export const benches: readonly Bench[] = [
  { name: 'intake', figures: intake },
  { name: 'decision', figures: decision },
  { name: 'log-reading', figures: logReading },
  { name: 'story', figures: story },
  { name: 'dashboard', figures: dashboard },
  { name: 'diagnose', figures: diagnose },
]

function reads<T>(shape: z.ZodType<T>, figures: (result: T) => readonly Figure[]): Bench['figures'] {
  return (result) => figures(shape.parse(result))
}

function yes(reached: boolean): Figure['reached'] {
  return reached ? 'yes' : 'no'
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
