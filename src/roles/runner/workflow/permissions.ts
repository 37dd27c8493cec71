import { entriesOf, type Located, textOf } from './located.ts'

/** Every scope that a token can have; what `read-all` and `write-all` speak of. */
const scopes = [
  'actions',
  'artifact-metadata',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'discussions',
  'id-token',
  'issues',
  'models',
  'packages',
  'pages',
  'pull-requests',
  'repository-projects',
  'security-events',
  'statuses',
] as const

const levels = ['none', 'read', 'write'] as const
type Level = (typeof levels)[number]

/** What a token may do; a scope that is not named is `none`. */
export type Permissions = Readonly<Record<string, Level>>

/** What a repository gives to a workflow that asks for nothing. */
export const defaultPermissions = {
  'limited-read': { contents: 'read', packages: 'read' },
  write: all('write'),
} as const satisfies Record<string, Permissions>

/** The permissions that a workflow or a job asks for; undefined when it asks for none in particular. */
export function readPermissions(node: Located | undefined): Permissions | undefined {
  if (!node) return undefined
  const word = textOf(node)
  if (word === 'read-all') return all('read')
  if (word === 'write-all') return all('write')
  return Object.fromEntries(
    entriesOf(node).map(({ key, value }) => [key, levels.find((level) => level === textOf(value)) ?? 'none']),
  )
}

/** The scopes in which more is asked for than is allowed. */
export function exceeding(asked: Permissions, allowed: Permissions): readonly string[] {
  const rank = (level: Level | undefined) => levels.indexOf(level ?? 'none')
  return Object.keys(asked).filter((scope) => rank(asked[scope]) > rank(allowed[scope]))
}

export function sayPermissions(permissions: Permissions, only: readonly string[]): string {
  return only.map((scope) => `${scope}: ${permissions[scope] ?? 'none'}`).join(', ')
}

function all(level: Level): Permissions {
  return Object.fromEntries(scopes.map((scope) => [scope, level]))
}
