import { type GradedCommand, gradeScript } from './grade-command.ts'
import { knownAction } from './known-actions.ts'
import { doubtfulWord, riskyWord } from './risky-words.ts'
import { usesRepositoryToken, usesSecret } from './secrets.ts'
import type { Permissions, WorkflowFile, WorkflowJob, WorkflowStep } from './workflow-file.ts'

/** What stands against repeating a job: what it surely changes outside, and what cannot be ruled out. */
export interface Findings {
  readonly effects: readonly string[]
  readonly doubts: readonly string[]
}

/**
 * How far into the world the job's credentials reach. With `token` a part that cannot be seen could push or publish;
 * with `cloud` even the repository's own tests could change something.
 */
type Reach = 'none' | 'token' | 'cloud'

/** Look at everything a job says it does. */
export function inspectJob(job: WorkflowJob, workflow: WorkflowFile): Findings {
  const effects: string[] = []
  const doubts: string[] = []
  if (job.environment) effects.push('it works on a deployment environment')
  const risky = [job.key, withoutExpressions(job.name)].map(riskyWord).find((word) => word !== undefined)
  if (risky !== undefined) effects.push(`its name says "${risky}"`)
  if (job.uses !== undefined) doubts.push(`it calls the workflow ${short(job.uses)}, which cannot be seen from here`)
  const steps = job.steps.filter((step) => !isFalse(step.condition)).map(inspectStep)
  const parts = steps.flatMap((step) => step.parts)
  const reach = farthest([reachOfJob(job, workflow), ...steps.map((step) => step.reach)])
  const world: World = { reach, hasServices: job.hasServices || startsServices(parts), localCluster: hasCluster(steps) }
  for (const part of parts.map((part) => settle(part, world))) {
    if (part.grade === 'effect') effects.push(`step "${part.step}" ${part.says}`)
    if (part.grade === 'doubt') doubts.push(`step "${part.step}" ${part.says}`)
  }
  const unclear = doubts.length > 0 || reach !== 'none' || parts.some((part) => part.grade === 'opaque')
  const doubtful = doubtfulWord(job.key) ?? doubtfulWord(withoutExpressions(job.name))
  if (unclear && risky === undefined && doubtful !== undefined) doubts.push(`its name says "${doubtful}"`)
  return { effects: unique(effects), doubts: unique(doubts) }
}

/** One command or action of a step. */
interface Part {
  readonly step: string
  readonly grade: GradedCommand['grade']
  readonly tool: string
  readonly says: string
}

interface StepFindings {
  readonly parts: readonly Part[]
  readonly reach: Reach
  readonly localCluster: boolean
}

function inspectStep(step: WorkflowStep): StepFindings {
  return step.uses === undefined ? inspectScript(step) : inspectAction(step, step.uses)
}

/** Shells whose commands can be read; of a script in another language nothing can be said. */
const readable = /^(bash|sh|zsh|pwsh|powershell|cmd)\b|^$/

function inspectScript(step: WorkflowStep, script: string = step.run ?? ''): StepFindings {
  const graded = readable.test(step.shell.trim())
    ? gradeScript(script)
    : [{ grade: 'opaque' as const, tool: step.shell, says: `a ${step.shell} script` }]
  // `shell: bash -c "…; bash {0}"`: the shell may be a command of its own.
  const shell = gradeScript(step.shell).filter(({ grade }) => grade === 'effect' || grade === 'doubt')
  const parts = [...shell, ...graded].map((command) => partOf(step, command))
  const given = [...Object.values(step.env), script]
  // What only installs or prints may see a secret; anything else could use it.
  const acting = parts.some((part) => part.grade === 'opaque' || part.grade === 'check')
  if (given.some(usesSecret) && acting) parts.push(part(step, 'doubt', 'is given a secret'))
  const hidden = parts.some((part) => part.grade === 'opaque')
  if (given.some(usesRepositoryToken) && hidden)
    parts.push(part(step, 'doubt', 'gives the repository token to something that cannot be seen'))
  const clusters = ['kind', 'minikube', 'k3d']
  return { parts, reach: loginBy(graded), localCluster: graded.some((command) => clusters.includes(command.tool)) }
}

function partOf(step: WorkflowStep, { grade, tool, says }: GradedCommand): Part {
  return { step: step.title, grade, tool, says: `runs "${says}"` }
}

function part(step: WorkflowStep, grade: Part['grade'], says: string): Part {
  return { step: step.title, grade, tool: '', says }
}

function loginBy(commands: readonly GradedCommand[]): Reach {
  const text = commands.map((command) => command.says)
  if (text.some((says) => /^(aws configure|gcloud auth (login|activate)|az login|vault login)/.test(says)))
    return 'cloud'
  if (
    text.some((says) =>
      /^(docker|podman|npm|helm registry|gh auth|cargo|git remote set-url|oras) ?.{0,40}login|^ssh-add|credential/.test(
        says,
      ),
    )
  )
    return 'token'
  return 'none'
}

function inspectAction(step: WorkflowStep, uses: string): StepFindings {
  const none = { parts: [], reach: 'none', localCluster: false } as const
  const local = uses.startsWith('./') || uses.startsWith('.\\')
  if (local) return { ...none, parts: [part(step, localGrade(uses), `uses ${short(uses)} of the repository itself`)] }
  const known = knownAction(uses)
  switch (known?.kind) {
    case undefined:
      return { ...none, parts: [part(step, 'doubt', `uses ${short(uses)}, of which nothing is known`)] }
    case 'inert':
      // Credentials that a checkout leaves behind serve later steps.
      return { ...none, reach: Object.values(step.with).some(usesSecret) && isCheckout(uses) ? 'token' : 'none' }
    case 'local-cluster':
      return { ...none, localCluster: true }
    case 'login':
      return { ...none, reach: known.to === 'cloud' ? 'cloud' : 'token' }
    case 'effect':
      return { ...none, parts: [part(step, 'effect', `${known.what} (${short(uses)})`)] }
    case 'unless':
      return known.harmless(step.with)
        ? none
        : { ...none, parts: [part(step, 'effect', `${known.what} (${short(uses)})`)] }
    case 'script': {
      const lines = known.inputs.map((input) => step.with[input] ?? '').filter((line) => line !== '')
      const args = known.prefix === 'cargo ' ? ` ${step.with.args ?? ''}` : ''
      return inspectScript(step, lines.map((line) => `${known.prefix ?? ''}${line}${args}`).join('\n'))
    }
    default:
      return known satisfies never
  }
}

/** A local action that only prepares is as opaque as a script; any other could do anything with the token it gets. */
function localGrade(uses: string): Part['grade'] {
  return /(^|[/_-])(setup|install|prepare|bootstrap|cache|init|checkout|restore)([/_-]|$)/i.test(uses) &&
    riskyWord(uses) === undefined
    ? 'opaque'
    : 'doubt'
}

function isCheckout(uses: string): boolean {
  return uses.toLowerCase().startsWith('actions/checkout@')
}

/** What surrounds a part and decides how it is to be read. */
interface World {
  readonly reach: Reach
  readonly hasServices: boolean
  readonly localCluster: boolean
}

const clusterTools = ['kubectl', 'oc', 'k', 'helm', 'helmfile', 'kustomize']
const databaseTools =
  /^(psql|mysql|mariadb|mongosh|mongo|redis-cli|pg_restore|mysqladmin|createdb|dropdb|cqlsh|clickhouse-client|prisma|knex|sequelize|typeorm|alembic|flyway|liquibase|goose|dbmate|migrate|atlas|drizzle-kit|rake|rails|manage\.py|python3?|npm|yarn|pnpm|bundle|mix|php)$/

/** Read a part in its surroundings: a throw-away cluster or database makes some harmless, credentials make some doubtful. */
function settle(part: Part, world: World): Part {
  const outside = world.reach === 'cloud'
  if (world.localCluster && !outside && clusterTools.includes(part.tool)) return { ...part, grade: 'check' }
  if (part.grade === 'doubt' && world.hasServices && !outside && databaseTools.test(part.tool) && isAboutDatabase(part))
    return { ...part, grade: 'check' }
  if (part.grade === 'opaque' && world.reach !== 'none')
    return { ...part, grade: 'doubt', says: `${part.says}, and the job holds credentials` }
  if (part.grade === 'check' && outside)
    return { ...part, grade: 'doubt', says: `${part.says}, and the job holds credentials for outside` }
  return part
}

function isAboutDatabase(part: Part): boolean {
  return (
    /migrat|psql|mysql|mariadb|mongo|redis|pg_|createdb|dropdb|alembic|flyway|liquibase|goose|dbmate|atlas|knex|cqlsh|clickhouse/i.test(
      part.says,
    ) && !/deploy[^ ]*(\.sh|:)|publish|release/i.test(part.says)
  )
}

function startsServices(parts: readonly Part[]): boolean {
  return parts.some((part) => /docker[ -]compose\b.*\bup\b/.test(part.says))
}

function hasCluster(steps: readonly StepFindings[]): boolean {
  return steps.some((step) => step.localCluster)
}

function reachOfJob(job: WorkflowJob, workflow: WorkflowFile): Reach {
  const env = [...Object.values(workflow.env), ...Object.values(job.env)]
  if (env.some(usesSecret)) return 'cloud'
  if (env.some(usesRepositoryToken) || mayWrite(job.permissions ?? workflow.permissions)) return 'token'
  return 'none'
}

/** Scopes with which nothing lasting can be done. */
const harmlessScopes = new Set(['checks', 'statuses', 'security-events'])

function mayWrite(permissions: Permissions | undefined): boolean {
  if (permissions === undefined) return false
  if (typeof permissions === 'string') return permissions.includes('write') || permissions.includes('${{')
  return Object.entries(permissions).some(([scope, level]) => level === 'write' && !harmlessScopes.has(scope))
}

function farthest(reaches: readonly Reach[]): Reach {
  if (reaches.includes('cloud')) return 'cloud'
  return reaches.includes('token') ? 'token' : 'none'
}

function isFalse(condition: string): boolean {
  return /^\s*(\$\{\{\s*)?false(\s*\}\})?\s*$/.test(condition)
}

/** `Deploy ${{ matrix.os }}`: what stands in the expression is a key, not a word of the name. */
function withoutExpressions(name: string): string {
  return name
    .split('${{')
    .map((part, index) => (index === 0 ? part : part.slice(part.indexOf('}}') + 2)))
    .join(' ')
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

function unique(sentences: readonly string[]): readonly string[] {
  return [...new Set(sentences)].slice(0, 8)
}
