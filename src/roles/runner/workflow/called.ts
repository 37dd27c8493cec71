import {
  child,
  type Entry,
  entriesOf,
  githubLimits,
  type Located,
  measure,
  type Place,
  readYaml,
  textOf,
} from './located.ts'
import { defaultPermissions, exceeding, type Permissions, readPermissions, sayPermissions } from './permissions.ts'
import type { Problem } from './workflow.ts'

export interface CallRules {
  /** The text of a workflow that is called; undefined when there is none, null when it lies where we cannot look. */
  readonly read: (uses: string) => string | undefined | null
  readonly permissions?: keyof typeof defaultPermissions | undefined
  /** How deep workflows may call each other. */
  readonly depth?: number | undefined
  /** Jobs in all, those of called workflows included. */
  readonly jobs?: number | undefined
  /** Size of the workflow with all that it calls, in GitHub's measure. */
  readonly bytes?: number | undefined
}

/**
 * What GitHub refuses about calls of reusable workflows: inputs and secrets that do not fit, permissions beyond the
 * caller's own, and calls that go too deep or grow too large. Everything is told at the caller's place.
 */
export function findCallBreaks(root: Located, rules: CallRules): Problem[] {
  const { depth: maxDepth = 4, jobs: maxJobs = 1_000, bytes: maxBytes = githubLimits.bytes } = rules
  const found: Problem[] = []
  let jobs = 0
  let bytes = measure(root)
  const tell = ({ line, column }: Place, sentence: string) => found.push({ severity: 'error', line, column, sentence })
  checkCalls(root, defaultPermissions[rules.permissions ?? 'limited-read'], 0, undefined)
  if (jobs > maxJobs) tell({ line: 1, column: 1 }, `The workflow may not contain more than ${maxJobs} jobs`)
  return found

  function checkCalls(workflow: Located, inherited: Permissions, depth: number, caller: Place | undefined): void {
    const own = readPermissions(child(workflow, 'permissions')) ?? inherited
    for (const job of entriesOf(child(workflow, 'jobs'))) {
      const uses = child(job.value, 'uses')
      const name = textOf(uses)
      jobs += 1
      // Deep and wide at once would take for ever: what is too much already is not looked at further.
      if (uses && name !== undefined && jobs <= maxJobs && bytes <= maxBytes)
        follow(job, uses, name, readPermissions(child(job.value, 'permissions')) ?? own, depth + 1, caller)
    }
  }

  function follow(job: Entry, uses: Located, name: string, allowed: Permissions, depth: number, caller?: Place): void {
    if (depth > maxDepth) {
      tell(caller ?? uses, `Nested reusable workflow depth exceeded ${maxDepth}.`)
      return
    }
    const text = rules.read(name)
    if (text === null) return
    const called = text === undefined ? undefined : readYaml(text).root
    if (text === undefined || !called) {
      tell(caller ?? uses, `Unable to find reusable workflow '${name}'`)
      return
    }
    bytes += measure(called)
    if (bytes > maxBytes) {
      tell(caller ?? uses, `Error from called workflow ${name}: Maximum object size exceeded`)
      return
    }
    const place = caller ?? job
    for (const sentence of excesses(called, name, allowed)) tell(place, sentence)
    for (const [where, sentence] of misfits(job.value, uses, called)) tell(caller ?? where, sentence)
    checkCalls(called, allowed, depth, place)
  }
}

function excesses(called: Located, name: string, allowed: Permissions): string[] {
  const asking = [
    { who: `The workflow '${name}'`, asked: readPermissions(child(called, 'permissions')) },
    ...entriesOf(child(called, 'jobs')).map(({ key, value }) => ({
      who: `The nested job '${textOf(child(value, 'name')) ?? key}'`,
      asked: readPermissions(child(value, 'permissions')),
    })),
  ]
  return asking.flatMap(({ who, asked = {} }) => {
    const beyond = exceeding(asked, allowed)
    if (beyond.length === 0) return []
    const [wanted, given] = [sayPermissions(asked, beyond), sayPermissions(allowed, beyond)]
    return [`Error calling workflow '${name}'. ${who} is requesting '${wanted}', but is only allowed '${given}'.`]
  })
}

type Misfit = readonly [Place, string]

function misfits(job: Located, uses: Located, called: Located): Misfit[] {
  const call = child(child(called, 'on'), 'workflow_call')
  const secrets = child(job, 'secrets')
  return [
    ...compare('input', entriesOf(child(job, 'with')), entriesOf(child(call, 'inputs')), uses),
    ...(textOf(secrets) === 'inherit'
      ? []
      : compare('secret', entriesOf(secrets), entriesOf(child(call, 'secrets')), uses)),
  ]
}

function compare(kind: 'input' | 'secret', given: readonly Entry[], defined: readonly Entry[], uses: Place): Misfit[] {
  const find = (list: readonly Entry[], key: string) => list.find((one) => one.key.toLowerCase() === key.toLowerCase())
  const extra = given
    .filter(({ key }) => !find(defined, key))
    .map((entry): Misfit => [entry.value, `Invalid ${kind}, ${entry.key} is not defined in the referenced workflow.`])
  const missing = defined
    .filter(({ key, value }) => textOf(child(value, 'required')) === 'true' && !find(given, key))
    .map(({ key }): Misfit => [uses, `${capital(kind)} ${key} is required, but not provided while calling.`])
  const wrong = given.flatMap(({ key, value }): Misfit[] => {
    const type = textOf(child(find(defined, key)?.value, 'type'))
    const text = textOf(value) ?? ''
    if (text.includes('${{') || !isWrong(type, value)) return []
    return [[value, `Unexpected value '${text}'`]]
  })
  return [...extra, ...missing, ...wrong]
}

function isWrong(type: string | undefined, value: Located): boolean {
  if (value.kind !== 'scalar') return true
  return (type === 'boolean' || type === 'number') && typeof value.value !== type
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
