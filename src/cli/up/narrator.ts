import { sayDuration } from '../../base/quantity.ts'
import { plainLine } from '../../base/text.ts'
import type { StoredEvent } from '../../model/events.ts'
import type { Plan } from '../../model/remedy.ts'

/** One line a decision: what the terminal tells of an event. */
export interface Line {
  readonly stitch: '─' | '╳' | '┼' | '○' | '┃' | '·'
  readonly tone: 'healthy' | 'failing' | 'mending' | 'waiting' | 'held' | 'soft'
  readonly text: string
  /** To be typed as it stands. */
  readonly command?: string
}

/** Tells events one after the other; undefined where there is nothing to tell, or nothing that was not told yet. */
export type Narrator = (event: StoredEvent) => Line | undefined

export interface NarratorOptions {
  /** The command by which a person says yes to a permit. */
  readonly approve: (permit: string) => string
}

/** What is known of a case that is under way. */
interface Case {
  plan?: Plan
  proof?: string
}

export function createNarrator({ approve }: NarratorOptions): Narrator {
  const cases = new Map<string, Case>()
  const caseOf = (healing: string): Case => {
    const known = cases.get(healing) ?? {}
    cases.set(healing, known)
    return known
  }
  return (event) => {
    const line = lineFor(event)
    return line === undefined ? undefined : { ...line, text: plainLine(line.text, 400) }
  }

  function lineFor(event: StoredEvent): Line | undefined {
    switch (event.type) {
      case 'run.started':
        return started(as('run.started', event))
      case 'run.succeeded': {
        const { run } = as('run.succeeded', event)
        // A later attempt is green because of a remedy: its proof says so, and of what.
        return run.attempt === 1 ? { stitch: '─', tone: 'healthy', text: 'green' } : undefined
      }
      case 'job.stalled': {
        const { job, stall } = as('job.stalled', event)
        const text = `job ${job.name} is silent and idle; its last line: ${stall.lastLine}`
        return { stitch: '○', tone: 'failing', text }
      }
      case 'failure.diagnosed':
        return diagnosed(as('failure.diagnosed', event))
      case 'remedy.planned': {
        const { healing, plan } = as('remedy.planned', event)
        caseOf(healing).plan = plan
        const intent = sayIntent(plan)
        return intent === undefined ? undefined : { stitch: '┼', tone: 'mending', text: `${intent}: ${plan.why}` }
      }
      case 'permit.asked': {
        const { permit, reasons } = as('permit.asked', event)
        const text = `waits for a person's yes. ${sentences(reasons)}`
        return { stitch: '┃', tone: 'waiting', text, command: approve(permit) }
      }
      case 'remedy.proven':
      case 'remedy.disproven': {
        const { healing, sentence } = as('remedy.proven', event)
        caseOf(healing).proof = sentence
        return undefined
      }
      case 'healing.finished': {
        const finished = as('healing.finished', event)
        const known = cases.get(finished.healing)
        cases.delete(finished.healing)
        return ended(finished, known ?? {})
      }
      default:
        return undefined
    }
  }
}

function started({ run }: StoredEvent<'run.started'>['data']): Line {
  const text =
    run.attempt === 1 ? `building ${run.sha.slice(0, 7)} "${run.title ?? ''}"` : `attempt ${run.attempt} runs`
  return { stitch: '·', tone: 'soft', text }
}

function diagnosed({ job, diagnosis }: StoredEvent<'failure.diagnosed'>['data']): Line {
  const sure = `${diagnosis.category}, ${diagnosis.transience.verdict}, ${Math.round(diagnosis.confidence * 100)} %`
  return { stitch: '╳', tone: 'failing', text: `job ${job}: ${diagnosis.sentence} [${sure}]` }
}

/** What is about to be done; nothing of what is told with its end a moment later. */
function sayIntent(plan: Plan): string | undefined {
  switch (plan.remedy) {
    case 'rerun-failed':
      return plan.waitMs > 0 ? `wait ${sayDuration(plan.waitMs)}, then rerun what failed` : 'rerun what failed'
    case 'rerun-clean':
      return 'rerun what failed, without caches'
    case 'more-memory':
      return 'rerun with more memory'
    case 'more-time':
      return 'rerun with more time'
    case 'stop-hang':
    case 'escalate':
    case 'do-nothing':
      return undefined
    default:
      return plan satisfies never
  }
}

function ended({ outcome, sentence }: StoredEvent<'healing.finished'>['data'], { plan, proof }: Case): Line {
  switch (outcome) {
    case 'mended':
      return { stitch: '┼', tone: 'healthy', text: `mended: ${proof ?? sentence}` }
    case 'not-mended':
      return { stitch: '╳', tone: 'failing', text: `not mended: ${proof ?? sentence}` }
    case 'told':
      return { stitch: '┃', tone: 'held', text: toldBecause(plan) ?? sentence }
    case 'refused':
      return { stitch: '┃', tone: 'held', text: `not done. ${sentence}` }
    case 'watched':
      return { stitch: '┃', tone: 'held', text: `only watched. ${sentence}` }
    default:
      return outcome satisfies never
  }
}

/** Why people must act. The cause itself was told with the diagnosis. */
function toldBecause(plan: Plan | undefined): string | undefined {
  if (plan?.remedy === 'stop-hang')
    return 'stopped, and not rerun: it would hang again. An incident with the evidence waits for a person.'
  if (plan?.remedy !== 'escalate') return undefined
  const incident = plan.severity === 'high' ? '. An incident waits for a person.' : ''
  return `told, and not rerun: ${plan.why}${incident}`
}

function as<T extends StoredEvent['type']>(_type: T, event: StoredEvent): StoredEvent<T>['data'] {
  return event.data as StoredEvent<T>['data']
}

function sentences(reasons: readonly { readonly sentence: string }[]): string {
  return reasons.map((reason) => reason.sentence).join(' ')
}
