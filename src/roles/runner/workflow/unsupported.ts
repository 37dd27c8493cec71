import { readActionReference } from './builtin-actions.ts'
import { isHostLabel, unknownLabelSentence } from './labels.ts'
import { child, entriesOf, itemsOf, type Located, type Place, textOf, textsOf } from './located.ts'
import type { Problem } from './workflow.ts'

/** Everything in a valid file that this runner reads and will not do, each with its consequence. Pure. */
export function findUnsupported(root: Located, labels: readonly string[] = []): Problem[] {
  const found: Problem[] = []
  const tell: Tell = (place, sentence) =>
    found.push({ severity: 'not-honoured', line: place.line, column: place.column, sentence })
  findInKeys(root, workflowKeys, '', tell)
  for (const [event, place] of eventsOf(child(root, 'on')))
    if (!heardEvents.has(event)) tell(place, `the event '${event}' starts nothing here`)
  for (const { key, value } of entriesOf(child(root, 'jobs'))) findInJob(key, value, labels, tell)
  return found
}

type Tell = (place: Place, sentence: string) => void

function eventsOf(on: Located | undefined): (readonly [string, Place])[] {
  if (on?.kind === 'map') return on.entries.map((entry) => [entry.key, entry])
  const items = on?.kind === 'list' ? on.items : on ? [on] : []
  return items.map((item) => [textOf(item) ?? '', item])
}

const heardEvents = new Set(['push', 'workflow_dispatch', 'workflow_call'])

const commonKeys: Readonly<Record<string, string>> = {
  permissions: "'permissions' limits no token: this runner gives steps none",
  concurrency: "'concurrency' is not kept: runs of this group may overlap",
}

const workflowKeys: Readonly<Record<string, string>> = {
  ...commonKeys,
  'run-name': "'run-name' is not shown: the run bears the name of the workflow",
}

const jobKeys: Readonly<Record<string, string>> = {
  ...commonKeys,
  environment: "'environment' has no reviewers, wait timer, secrets or deployment record here",
  container: "'container' needs a container engine: the job fails before its first step",
  services: "'services' are not started: what connects to them fails",
  snapshot: "'snapshot' makes no image",
}

const stepKeys: Readonly<Record<string, string>> = {
  background: "'background' is not kept: the step is waited for",
  wait: "'wait' does nothing: no step runs in the background",
  'wait-all': "'wait-all' does nothing: no step runs in the background",
  cancel: "'cancel' does nothing: no step runs in the background",
  parallel: "the steps of 'parallel' are left out",
}

function findInKeys(node: Located, known: Readonly<Record<string, string>>, where: string, tell: Tell): void {
  for (const entry of entriesOf(node)) {
    const sentence = Object.hasOwn(known, entry.key) ? known[entry.key] : undefined
    if (sentence) tell(entry, `${where}${sentence}`)
  }
}

function findInJob(key: string, job: Located, labels: readonly string[], tell: Tell): void {
  const where = `job '${key}': `
  findInKeys(job, jobKeys, where, tell)
  const uses = child(job, 'uses')
  if (uses) tell(uses, `${where}the reusable workflow '${textOf(uses) ?? ''}' is not called: the job fails`)
  const runsOn = child(job, 'runs-on')
  const wanted = runsOn?.kind === 'map' ? textsOf(child(runsOn, 'labels')) : textsOf(runsOn)
  const unknown = wanted.filter((label) => !label.includes('${{') && !isHostLabel(label, labels))
  if (runsOn && unknown.length > 0) tell(runsOn, `${where}${unknownLabelSentence(unknown)}: the job is skipped`)
  if (runsOn && child(runsOn, 'group')) tell(runsOn, `${where}runner groups are unknown here: any group is this host`)
  for (const step of itemsOf(child(job, 'steps'))) findInStep(step, where, tell)
}

function findInStep(step: Located, where: string, tell: Tell): void {
  findInKeys(step, stepKeys, where, tell)
  const uses = child(step, 'uses')
  const text = textOf(uses)
  if (!uses || text === undefined) return
  const reference = readActionReference(text)
  if (reference.kind === 'docker') tell(uses, `${where}'${text}' needs a container engine: the step fails`)
  if (reference.kind === 'remote')
    tell(uses, `${where}the action '${text}' is not available here: the step fails unless its 'if' skips it`)
  if (reference.kind !== 'builtin') return
  if (reference.action.note) tell(uses, `${where}${text}: ${reference.action.note}`)
  for (const input of entriesOf(child(step, 'with'))) {
    const consequence = reference.action.ignored[input.key]
    if (consequence) tell(input, `${where}${text} does not honour '${input.key}': ${consequence}`)
  }
}
