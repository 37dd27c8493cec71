import { plainLine } from '../../../base/text.ts'
import type { Category, Diagnosis } from '../../../model/diagnosis.ts'
import type { Ranked } from '../logs/rank.ts'

/** What a sentence is made of. */
export interface Told {
  readonly category: Category
  /** The line that shows the category best. */
  readonly best: Ranked | undefined
  readonly location: Diagnosis['location']
  readonly failing: readonly string[]
  readonly excerpts: Diagnosis['excerpts']
  /** Best first. */
  readonly belief: Diagnosis['categories']
}

/** Surer than this, what else it could be only distracts. */
const sureEnough = 0.7
const worthNaming = 0.1

/** One sentence for people: what broke, where, in the words of the failing line; when unsure, how sure and what else. */
export function sentenceOf({ category, best, location, failing, excerpts, belief }: Told): string {
  const line = best?.hit.text ?? excerpts[0]?.text.find((text) => text.trim() !== '')
  if (line === undefined) return 'The log does not tell the cause.'
  if (category === 'unknown') return `The cause is not known${perhaps(belief)}; what looks most like it: ${cut(line)}`
  const where = location === undefined ? '' : ` in ${plainLine(location.file, 120)}, line ${location.line}`
  const doubt = unsure(category, belief)
  const first = failing[0]
  if (first !== undefined && (category.startsWith('code.test') || category.startsWith('test.'))) {
    const more = failing.length > 1 ? ` and ${failing.length - 1} more` : ''
    return `${capital(`test "${plainLine(first, 160)}"${more} failed`)}${where}${doubt}.`
  }
  const meaning = best?.pattern.category === category ? best.pattern.says : undefined
  return `${capital(meaning ?? meanings[category])}${where}${doubt}: ${quoted(line, location?.file)}`
}

function unsure(category: Category, belief: Told['belief']): string {
  const own = belief.find((each) => each.category === category)?.p
  const other = belief.find((each) => each.category !== category && each.p >= worthNaming)
  if (own === undefined || own >= sureEnough || other === undefined) return ''
  return ` (${percent(own)} sure; else ${meanings[other.category]})`
}

function perhaps(belief: Told['belief']): string {
  const named = belief.filter(({ p }) => p >= worthNaming).slice(0, 2)
  return named.length === 0
    ? ''
    : `, perhaps ${named.map((each) => `${meanings[each.category]} (${percent(each.p)})`).join(' or ')}`
}

/** The line's own words; not again the place, where that was told. */
function quoted(line: string, file?: string): string {
  const at = file === undefined ? -1 : line.indexOf(file)
  if (file === undefined || at === -1 || at > 40) return cut(line)
  return cut(line.slice(at + file.length).replace(/^[\s(:[\]),\d-]{0,30}/, ''))
}

function cut(line: string): string {
  return plainLine(line, 240)
}

function percent(p: number): string {
  return `${Math.round(p * 100)} %`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What each category means when no pattern has a better word for it. */
const meanings: Record<Category, string> = {
  'code.compile': 'the code does not compile',
  'code.test': 'a test failed',
  'code.quality': 'a check of style or quality failed',
  'code.security': 'a security check found something',
  'code.crash': 'a program crashed',
  'code.links': 'a link leads nowhere',
  'test.flaky': 'a test fails now and then',
  'test.order': 'a test depends on the order of tests',
  'test.shared_state': 'tests disturb each other',
  'test.time': 'a test depends on the time',
  'test.async': 'a test did not wait long enough',
  'test.resource': 'a test misses a resource that it shares',
  'dep.resolve': 'a dependency cannot be had',
  'dep.conflict': 'dependencies do not fit together',
  'dep.integrity': 'a dependency is not what it was',
  'net.dns': 'a name cannot be resolved',
  'net.connect': 'a connection was not made',
  'net.tls': 'a secure connection was not made',
  'net.reset': 'a connection broke',
  'net.timeout': 'a connection took too long',
  'ext.rate_limit': 'a service was asked too often',
  'ext.service_5xx': 'a service failed',
  'auth.credential': 'a credential is missing or refused',
  'auth.permission': 'a right is missing',
  'config.workflow': 'the pipeline is wrong',
  'config.env': 'the environment of the job is wrong',
  'infra.runner_lost': 'the runner was lost',
  'infra.provision': 'the machine could not be made ready',
  'infra.image': 'an image is missing or does not fit',
  'res.oom': 'memory ran out',
  'res.disk': 'the disk is full',
  'res.timeout_job': 'the job ran out of time',
  'res.timeout_step': 'a step ran out of time',
  'res.concurrency': 'somebody else holds what the job needs',
  'cache.corrupt': 'a cache is broken',
  'cache.stale': 'a cache is out of date',
  'artifact.missing': 'an artifact is missing',
  'vcs.checkout': 'the sources could not be checked out',
  'vcs.conflict': 'changes conflict',
  'deploy.apply': 'a deployment was not applied',
  'deploy.health': 'what was deployed is not healthy',
  cascade: 'a job before it failed',
  'human.cancelled': 'somebody stopped it',
  superseded: 'a newer run took its place',
  'policy.blocked': 'it waits for somebody to allow it',
  unknown: 'the log does not tell the cause',
}
