import type { HealingView, JobView, PermitView, RunSummary } from '../../../src/contract/views.ts'
import type { Mode, RemedyKind } from '../../../src/model/remedy.ts'
import type { Meaning } from '../theme/tokens.ts'

/** What a state is called and what it means; glyph and colour follow from the meaning. */
export interface Told {
  readonly meaning: Meaning
  readonly word: string
}

const told = (meaning: Meaning, word: string): Told => ({ meaning, word })

export const remedies: Record<RemedyKind, { readonly name: string; readonly does: string }> = {
  'rerun-failed': { name: 'Rerun failed jobs', does: 'run the failed jobs again at the same commit' },
  'rerun-clean': { name: 'Rerun without caches', does: 'run the failed jobs again, without their caches' },
  'more-memory': { name: 'Give more memory', does: 'raise the memory limit and run the failed jobs again' },
  'more-time': { name: 'Give more time', does: 'raise the time limit and run the failed jobs again' },
  'stop-hang': { name: 'Stop the hang', does: 'cancel the job that hangs' },
  escalate: { name: 'Escalate', does: 'open an incident for people' },
  'do-nothing': { name: 'Do nothing', does: 'change nothing' },
}

export const modes: Record<Mode, { readonly word: string; readonly consequence: string }> = {
  observe: {
    word: 'Observe',
    consequence: 'Mendline only writes down what it would do. Nobody is told and nothing is changed.',
  },
  suggest: { word: 'Suggest', consequence: 'Mendline tells people what it would do. Nothing is changed.' },
  ask: { word: 'Ask', consequence: 'Mendline prepares the remedy and waits for a person to approve it, every time.' },
  auto: {
    word: 'Auto',
    consequence: 'Mendline acts by itself, within its daily budget and its limits. Nobody is asked first.',
  },
}

const conclusions: Record<string, Told> = {
  success: told('healthy', 'Passed'),
  failure: told('failing', 'Failed'),
  timed_out: told('failing', 'Timed out'),
  startup_failure: told('failing', 'Could not start'),
  cancelled: told('unknown', 'Cancelled'),
  skipped: told('unknown', 'Skipped'),
  neutral: told('unknown', 'Neutral'),
  stale: told('unknown', 'Stale'),
  action_required: told('waiting', 'Waits for a person'),
}

/** A run, job or step: how it ended, or where it is. */
export function ending(of: Pick<RunSummary | JobView, 'conclusion'> & { readonly status: string }): Told {
  if (of.status === 'queued') return told('unknown', 'Queued')
  if (of.status !== 'completed') return told('unknown', 'Running')
  return conclusions[of.conclusion ?? ''] ?? told('unknown', of.conclusion ?? 'Unknown')
}

const states: Record<HealingView['state'], Told> = {
  sensing: told('mending', 'Reading the log'),
  deciding: told('mending', 'Deciding'),
  asking: told('waiting', 'Waits for a person'),
  waiting: told('mending', 'Waiting before it acts'),
  acting: told('mending', 'Acting'),
  proving: told('mending', 'Proving'),
  finished: told('unknown', 'Finished'),
}

export const outcomes: Record<NonNullable<HealingView['outcome']>, Told> = {
  mended: told('healthy', 'Mended'),
  'not-mended': told('failing', 'Not mended'),
  told: told('waiting', 'Told to people'),
  refused: told('held', 'Refused'),
  watched: told('unknown', 'Only watched'),
}

export function stand(of: Pick<HealingView, 'state' | 'outcome'>): Told {
  return of.outcome === null ? states[of.state] : outcomes[of.outcome]
}

export const permits: Record<PermitView['state'], Told> = {
  asked: told('waiting', 'Asked of a person'),
  granted: told('mending', 'Granted'),
  used: told('healthy', 'Granted and used'),
  refused: told('held', 'Refused'),
  void: told('held', 'Void: the state changed'),
  expired: told('held', 'Expired'),
}

/** Only what a person would call it: the first seven letters of a commit. */
export function short(sha: string): string {
  return sha.slice(0, 7)
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`
}

export function list(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}

/** Each once, in their order: what is said twice is no more true. */
export function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words)]
}

export function percent(p: number): string {
  return `${Math.round(p * 100)} %`
}

export function runPath(id: string): string {
  return `/runs/${encodeURIComponent(id)}`
}

export function healingPath(id: string): string {
  return `/healing/${encodeURIComponent(id)}`
}

export function familyPath(id: string): string {
  return `/failures/${encodeURIComponent(id)}`
}
