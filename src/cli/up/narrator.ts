import { plainLine } from '../../base/text.ts'
import type { StoredEvent } from '../../model/events.ts'

/** One line a decision: what the terminal tells of an event, or undefined when there is nothing to tell. */
export interface Line {
  readonly stitch: '─' | '╳' | '┼' | '○' | '┃' | '·'
  readonly tone: 'healthy' | 'failing' | 'mending' | 'waiting' | 'held' | 'soft'
  readonly text: string
}

export function narrate(event: StoredEvent): Line | undefined {
  const line = lineFor(event)
  return line === undefined ? undefined : { ...line, text: plainLine(line.text, 400) }
}

function lineFor(event: StoredEvent): Line | undefined {
  switch (event.type) {
    case 'run.started': {
      const { run } = as('run.started', event)
      return {
        stitch: '·',
        tone: 'soft',
        text:
          run.attempt === 1 ? `building ${run.sha.slice(0, 7)} "${run.title ?? ''}"` : `attempt ${run.attempt} runs`,
      }
    }
    case 'run.succeeded': {
      const { run } = as('run.succeeded', event)
      return { stitch: '─', tone: 'healthy', text: run.attempt === 1 ? 'green' : `green in attempt ${run.attempt}` }
    }
    case 'run.failed':
      return { stitch: '╳', tone: 'failing', text: `red in attempt ${as('run.failed', event).run.attempt}` }
    case 'job.stalled': {
      const { job, stall } = as('job.stalled', event)
      return { stitch: '○', tone: 'failing', text: `job ${job.name} is silent and idle; last line: ${stall.lastLine}` }
    }
    case 'failure.diagnosed': {
      const { job, diagnosis } = as('failure.diagnosed', event)
      const sure = `${diagnosis.category}, ${diagnosis.transience.verdict}, ${Math.round(diagnosis.confidence * 100)} %`
      return { stitch: '╳', tone: 'failing', text: `job ${job}: ${diagnosis.sentence} [${sure}]` }
    }
    case 'remedy.planned': {
      const { plan } = as('remedy.planned', event)
      return { stitch: '┼', tone: 'mending', text: `${plan.remedy}: ${plan.why}` }
    }
    case 'permit.asked': {
      const { permit, reasons } = as('permit.asked', event)
      return {
        stitch: '┃',
        tone: 'waiting',
        text: `refused to do it alone: ${sentences(reasons)} A person is asked: npx mendline approve ${permit}`,
      }
    }
    case 'healing.finished': {
      const { outcome, sentence } = as('healing.finished', event)
      if (outcome === 'mended') return { stitch: '┼', tone: 'healthy', text: `mended. ${sentence}` }
      return {
        stitch: outcome === 'not-mended' ? '╳' : '┃',
        tone: outcome === 'not-mended' ? 'failing' : 'held',
        text: `${outcome}. ${sentence}`,
      }
    }
    case 'incident.opened':
      return { stitch: '┃', tone: 'waiting', text: `incident opened: ${as('incident.opened', event).title}` }
    default:
      return undefined
  }
}

function as<T extends StoredEvent['type']>(_type: T, event: StoredEvent): StoredEvent<T>['data'] {
  return event.data as StoredEvent<T>['data']
}

function sentences(reasons: readonly { readonly sentence: string }[]): string {
  return reasons.map((reason) => reason.sentence).join(' ')
}
