/**
 * How often Mendline names the right cause and the right lines, on logs that other people wrote and labelled.
 * `node bench/diagnosis.ts --data DIR`: DIR holds the unpacked archives logchunks and bump. Development figures: the
 * patterns were written with these logs at hand.
 */
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { diagnose } from '../src/loops/heal/diagnose.ts'
import { readLog } from '../src/loops/heal/logs/read-log.ts'
import type { Category, Diagnosis } from '../src/model/diagnosis.ts'

interface Case {
  readonly id: string
  readonly source: string
  readonly project: string
  readonly log: string
  readonly cause: string
  readonly also: readonly string[]
  readonly group: string
}
interface Span {
  readonly log: string
  readonly start: number | null
  readonly end: number | null
}

const { values } = parseArgs({ options: { data: { type: 'string' }, wrong: { type: 'boolean', default: false } } })
const data = values.data
if (data === undefined || !existsSync(join(data, 'logchunks'))) {
  console.log('No labelled logs here: give the folder with the unpacked archives by --data DIR. Nothing was measured.')
  process.exit(0)
}

const answers = new Map<string, Diagnosis>()
for (const source of ['logchunks', 'bump']) {
  const all = jsonLines<Case>(join(data, source, 'causes.jsonl'))
  const cases = all.filter(({ log }) => existsSync(join(data, log)))
  if (cases.length < all.length)
    console.log(`${source}: ${all.length - cases.length} labelled logs are not in the archive`)
  for (const each of cases) answers.set(each.id, diagnose(await readLog(createReadStream(join(data, each.log)))))
  scoreCauses(source, cases)
}
scoreLines(jsonLines<Span>(join(data, 'logchunks', 'spans.jsonl')).filter(({ start }) => start !== null))

function scoreCauses(source: string, cases: readonly Case[]): void {
  // Cases of one signature are one observation: each weighs its share of the group.
  const sizes = Map.groupBy(cases, ({ group }) => group)
  const judged = cases
    .filter(({ cause }) => cause !== 'unclear')
    .map((each) => {
      const answer = answers.get(each.id)
      const causes = causesOf(answer?.category ?? 'unknown')
      const right = causes.some((cause) => cause === each.cause || each.also.includes(cause))
      return {
        each,
        answer,
        said: right ? each.cause : (causes[0] ?? 'none'),
        right,
        weight: 1 / (sizes.get(each.group)?.length ?? 1),
      }
    })
  const sum = (list: typeof judged): number => list.reduce((total, { weight }) => total + weight, 0)
  const answered = judged.filter(({ answer }) => answer?.abstained === false)
  console.log(
    `${source}: ${cases.length} logs, ${sizes.size} signatures; accuracy ${percent(sum(judged.filter(({ right }) => right)) / sum(judged))}, ` +
      `macro-F1 ${macroF1(judged).toFixed(3)}; answers ${percent(sum(answered) / sum(judged))}, ` +
      `right when it answers ${percent(sum(answered.filter(({ right }) => right)) / sum(answered))}`,
  )
  for (const [low, high] of [
    [0.4, 0.6],
    [0.6, 0.75],
    [0.75, 0.85],
    [0.85, 0.92],
    [0.92, 1.01],
  ] as const) {
    const bin = answered.filter(
      ({ answer }) => answer !== undefined && answer.confidence >= low && answer.confidence < high,
    )
    if (bin.length > 0)
      console.log(
        `  says ${low}-${high}: ${bin.length} logs, right ${percent(sum(bin.filter(({ right }) => right)) / sum(bin))}`,
      )
  }
  if (values.wrong)
    for (const { each, answer, right } of judged)
      if (!right)
        console.log(
          `  ${each.cause} | ${answer?.category} ${answer?.confidence.toFixed(2)} | ${answer?.evidence[0]?.slice(0, 80)} | ${each.id}`,
        )
}

function macroF1(judged: readonly { each: Case; said: string; right: boolean; weight: number }[]): number {
  const labels = [...new Set(judged.map(({ each }) => each.cause))]
  const scores = labels.map((label) => {
    let hit = 0
    let said = 0
    let true_ = 0
    for (const one of judged) {
      if (one.each.cause === label) true_ += one.weight
      if (one.said === label) said += one.weight
      if (one.each.cause === label && one.right) hit += one.weight
    }
    return hit === 0 ? 0 : (2 * hit) / (said + true_)
  })
  return scores.reduce((total, score) => total + score, 0) / scores.length
}

/** Lines of all excerpts against the labelled lines; per log, then per project, then over projects. */
function scoreLines(spans: readonly Span[]): void {
  const rows = spans.flatMap(({ log, start, end }) => {
    const answer = answers.get(`logchunks/${log}`)
    if (answer === undefined || start === null || end === null) return []
    const shown = new Set(answer.excerpts.flatMap((each) => range(each.start, each.end)))
    const hit = range(start, end).filter((line) => shown.has(line)).length
    const precision = shown.size === 0 ? 0 : hit / shown.size
    const recall = hit / (end - start + 1)
    const first = answer.excerpts[0]
    return [
      {
        log,
        project: log.split('/').slice(0, 2).join('/'),
        precision,
        recall,
        f1: hit === 0 ? 0 : (2 * precision * recall) / (precision + recall),
        overlap: hit > 0 ? 1 : 0,
        first: first !== undefined && first.start >= start && first.start <= end ? 1 : 0,
      },
    ]
  })
  const projects = [...Map.groupBy(rows, ({ project }) => project).values()]
  const mean = (pick: (row: (typeof rows)[number]) => number): number =>
    projects.map((list) => list.reduce((total, row) => total + pick(row), 0) / list.length).reduce((a, b) => a + b, 0) /
    projects.length
  console.log(
    `failing lines: ${rows.length} logs, ${projects.length} projects; P ${mean((row) => row.precision).toFixed(3)}, R ${mean((row) => row.recall).toFixed(3)}, ` +
      `F1 ${mean((row) => row.f1).toFixed(3)}; overlap ${percent(mean((row) => row.overlap))}; first range starts inside ${percent(mean((row) => row.first))}`,
  )
  if (values.wrong) for (const row of rows) if (row.overlap === 0) console.log(`  missed ${row.log}`)
}

/** Our categories in the words of the labels; a list where either counts. */
function causesOf(category: Category): readonly string[] {
  const exact: Partial<Record<Category, readonly string[]>> = {
    'code.test': ['test_failure'],
    'code.compile': ['compile_error'],
    'code.quality': ['lint_or_content_rule', 'quality_gate'],
    'code.links': ['external_link_check'],
    'code.crash': ['crash'],
    'res.oom': ['out_of_memory'],
    'res.timeout_job': ['timeout'],
    'res.timeout_step': ['timeout'],
    'res.disk': ['infrastructure_environment'],
    'res.concurrency': ['infrastructure_environment'],
  }
  const byRoom: Readonly<Record<string, readonly string[]>> = {
    test: ['test_flaky_evidence', 'test_failure'],
    dep: ['dependency'],
    config: ['pipeline_config'],
    infra: ['infrastructure_environment'],
    auth: ['credentials'],
    net: ['network_or_remote_service'],
    ext: ['network_or_remote_service'],
    vcs: ['vcs_checkout'],
    human: ['cancelled'],
  }
  return exact[category] ?? byRoom[category.split('.')[0] ?? ''] ?? []
}

function jsonLines<T>(path: string): readonly T[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}

function range(start: number, end: number): readonly number[] {
  return Array.from({ length: end - start + 1 }, (_, index) => start + index)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
