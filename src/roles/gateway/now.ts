import type { PipelineState } from '../../commons/pipelines/runs-memory.ts'
import { presentPermit, presentRun } from '../../contract/present.ts'
import type { HealingView, IncidentView, NeedView, NowView, PipelineLine, Stitch } from '../../contract/views.ts'
import type { Permit } from '../../model/permit.ts'

export interface NowFacts {
  readonly asked: readonly Permit[]
  readonly incidents: readonly IncidentView[]
  readonly unfinished: readonly HealingView[]
  /** Healings, newest first. */
  readonly recent: readonly HealingView[]
  readonly lines: readonly PipelineState[]
  readonly stopped: boolean
}

/** The first screen, from facts: what waits for a person, what is being mended, how every pipeline is. */
export function composeNow(facts: NowFacts): NowView {
  const needsYou = [...approvals(facts), ...openIncidents(facts), ...failures(facts)].sort((a, b) =>
    a.since < b.since ? 1 : -1,
  )
  const mending = facts.unfinished.filter((healing) => healing.state !== 'asking')
  const lines: PipelineLine[] = facts.lines.map((line) => ({
    repository: line.repository,
    pipeline: line.pipeline,
    branch: line.branch ?? null,
    seam: [...line.seam],
    latest: presentRun(line.latest),
  }))
  const healthy = lines.filter(({ seam }) => ['pass', 'mended'].includes(lastKnown(seam) ?? '')).length
  return {
    sentence: sayNow(needsYou.length, mending.length, healthy),
    stopped: facts.stopped,
    needsYou,
    mending,
    pipelines: lines,
  }
}

function approvals({ asked, unfinished }: NowFacts): NeedView[] {
  return asked.map((permit) => ({
    kind: 'approval',
    since: permit.askedAt.toISOString(),
    sentence: sayQuestion(permit),
    permit: presentPermit(permit),
    healing: unfinished.find((healing) => healing.permit?.id === permit.id) ?? null,
  }))
}

/** What a yes would bring about, as a question. */
function sayQuestion({ remedy, bound }: Permit): string {
  const { jobs, pipeline, repository } = bound
  const names = `${jobs.slice(0, 3).join(', ')}${jobs.length > 3 ? ` and ${jobs.length - 3} more` : ''}`
  const failed = jobs.length === 0 ? 'the failed jobs' : `the failed ${jobs.length === 1 ? 'job' : 'jobs'} ${names}`
  const place = `of ${pipeline} in ${repository}`
  switch (remedy) {
    case 'rerun-failed':
      return `Rerun ${failed} ${place}?`
    case 'rerun-clean':
      return `Rerun ${failed} ${place} without caches?`
    case 'more-memory':
      return `Rerun ${failed} ${place} with more memory?`
    case 'more-time':
      return `Rerun ${failed} ${place} with more time?`
    case 'stop-hang':
      return `Stop the hanging ${jobs.length === 1 ? 'job' : 'jobs'} ${names} ${place}?`
    case 'escalate':
      return `Tell people of ${failed} ${place}?`
    case 'do-nothing':
      return `Leave ${failed} ${place} as they are?`
    default:
      return remedy satisfies never
  }
}

function openIncidents({ incidents }: NowFacts): NeedView[] {
  return incidents.map((incident) => ({
    kind: 'incident',
    since: incident.openedAt,
    sentence: incident.title,
    incident,
  }))
}

/** Cases that ended without a mend, for as long as their pipeline is still red; an open incident speaks for its case. */
function failures({ recent, lines, incidents }: NowFacts): NeedView[] {
  const told = new Set(incidents.map((incident) => incident.healing))
  const seen = new Set<string>()
  const needs: NeedView[] = []
  for (const healing of recent) {
    const { repository, pipeline, branch } = healing.run
    const place = JSON.stringify([repository, pipeline, branch])
    if (seen.has(place)) continue
    seen.add(place)
    const line = lines.find(
      (one) => one.repository === repository && one.pipeline === pipeline && (one.branch ?? null) === branch,
    )
    const isRed = lastKnown(line?.seam ?? []) === 'fail'
    const isOver = healing.outcome !== null && ['told', 'not-mended', 'refused'].includes(healing.outcome)
    if (!isRed || !isOver || told.has(healing.id)) continue
    needs.push({
      kind: 'failure',
      since: healing.finishedAt ?? healing.startedAt,
      sentence: sayFailure(healing),
      healing,
    })
  }
  return needs
}

/** Of what was only told the cause matters; that it was told can be seen from its being here. */
function sayFailure({ outcome, sentence, diagnosis }: HealingView): string {
  return outcome === 'told' && diagnosis !== null ? diagnosis.sentence : sentence
}

/** How the pipeline did when it last said anything: a run under way does not make it well. */
function lastKnown(seam: readonly Stitch[]): Stitch | undefined {
  return seam.findLast((stitch) => stitch !== 'unknown')
}

function sayNow(needs: number, mending: number, healthy: number): string {
  const parts = [
    needs === 0 ? 'Nothing needs you' : needs === 1 ? '1 failure needs you' : `${needs} failures need you`,
    ...(mending === 0 ? [] : [mending === 1 ? '1 is being mended' : `${mending} are being mended`]),
    `${healthy} ${healthy === 1 ? 'pipeline' : 'pipelines'} healthy`,
  ]
  return parts.join('; ')
}
