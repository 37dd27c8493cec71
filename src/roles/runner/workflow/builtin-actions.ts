/** A public action that this runner performs itself, and the inputs of it that it does not honour. */
interface BuiltinAction {
  readonly name: BuiltinName
  /** Inputs that change nothing here, each with the consequence. */
  readonly ignored: Readonly<Record<string, string>>
  /** Said once wherever the action is used. */
  readonly note?: string | undefined
}

const builtinNames = [
  'actions/checkout',
  'actions/upload-artifact',
  'actions/download-artifact',
  'actions/setup-node',
  'actions/cache',
  'actions/cache/restore',
  'actions/cache/save',
] as const
export type BuiltinName = (typeof builtinNames)[number]

const noCredentials = 'no credential is used or stored by this runner'
const builtins: Record<BuiltinName, Omit<BuiltinAction, 'name'>> = {
  'actions/checkout': {
    ignored: {
      'persist-credentials': noCredentials,
      token: noCredentials,
      'ssh-key': noCredentials,
      submodules: 'submodules stay empty',
      lfs: 'large files stay pointers',
      'sparse-checkout': 'all files are checked out',
      filter: 'all objects are fetched',
    },
  },
  'actions/upload-artifact': {
    ignored: {
      'retention-days': 'artifacts are kept as long as the run',
      'compression-level': 'files are kept as they are',
    },
  },
  'actions/download-artifact': {
    ignored: {
      'run-id': 'only artifacts of this run can be downloaded',
      repository: 'only artifacts of this run can be downloaded',
      'github-token': noCredentials,
    },
  },
  'actions/setup-node': {
    note: 'the Node.js on PATH is used whatever version is asked for',
    ignored: {
      cache: 'the package manager keeps its own cache of this machine',
      'registry-url': 'the registry of this machine is used',
      scope: 'the registry of this machine is used',
      token: noCredentials,
    },
  },
  'actions/cache': { ignored: { enableCrossOsArchive: 'entries are of this system only' } },
  'actions/cache/restore': { ignored: { enableCrossOsArchive: 'entries are of this system only' } },
  'actions/cache/save': { ignored: { enableCrossOsArchive: 'entries are of this system only' } },
}

export type ActionReference =
  | { readonly kind: 'local'; readonly path: string }
  | { readonly kind: 'docker'; readonly image: string }
  | { readonly kind: 'builtin'; readonly action: BuiltinAction }
  | { readonly kind: 'remote'; readonly name: string; readonly ref: string }
  | { readonly kind: 'malformed' }

/** What a `uses:` of a step names. */
export function readActionReference(uses: string): ActionReference {
  if (uses === '.' || uses.startsWith('./') || uses.startsWith('.\\')) return { kind: 'local', path: uses }
  if (uses.startsWith('docker://')) return { kind: 'docker', image: uses.slice('docker://'.length) }
  const [name = '', ref, ...more] = uses.split('@')
  const segments = name.split('/')
  if (!ref || more.length > 0 || segments.length < 2 || segments.some((segment) => segment === ''))
    return { kind: 'malformed' }
  const builtin = builtinNames.find((known) => known === name.toLowerCase())
  if (builtin) return { kind: 'builtin', action: { name: builtin, ...builtins[builtin] } }
  return { kind: 'remote', name, ref }
}
