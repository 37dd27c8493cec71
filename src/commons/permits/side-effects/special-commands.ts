import type { Grade } from './known-commands.ts'

/** Tools that need more than their verbs to be understood. Undefined: let the table speak. */
export const specials: Readonly<Record<string, (args: readonly string[]) => Grade | undefined>> = {
  curl: (args) => gradeHttp(args, isCurlWrite(args)),
  wget: (args) =>
    gradeHttp(
      args,
      args.some((arg) => /^--(post|body|method=(?!GET|HEAD))/i.test(arg)),
    ),
  http: (args) =>
    gradeHttp(
      args,
      args.some((arg) => /^(POST|PUT|PATCH|DELETE)$/i.test(arg) || /^[\w.]+:?=/.test(arg)),
    ),
  https: (args) => specials.http?.(args),
  xh: (args) => specials.http?.(args),
  'Invoke-WebRequest': (args) => gradeHttp(args, /-method (post|put|patch|delete)/i.test(args.join(' '))),
  'Invoke-RestMethod': (args) => specials['Invoke-WebRequest']?.(args),
  iwr: (args) => specials['Invoke-WebRequest']?.(args),
  irm: (args) => specials['Invoke-WebRequest']?.(args),
  'Publish-Module': () => 'effect',
  gh: (args) => (args[0] === 'api' ? gradeGhApi(args) : undefined),
  aws: gradeAwsCopy,
  rsync: (args) => (isRemote(args.filter(isPlain).at(-1)) ? 'effect' : 'inert'),
  yarn: (args) => (args.filter(isPlain).length === 0 ? 'inert' : undefined),
  pnpm: (args) => specials.yarn?.(args),
  pip: (args) => (args[0] === 'upload' ? 'effect' : undefined),
  'setup.py': (args) => (args.some((arg) => ['upload', 'register'].includes(arg)) ? 'effect' : 'check'),
  python: (args) => pythonSetup(args),
  python3: (args) => pythonSetup(args),
}

function pythonSetup(args: readonly string[]): Grade | undefined {
  const at = args.findIndex((arg) => arg.endsWith('setup.py'))
  return at === -1 ? undefined : specials['setup.py']?.(args.slice(at + 1))
}

/** Sending data anywhere but to this machine is an effect; reading is not. */
function gradeHttp(args: readonly string[], writes: boolean): Grade {
  if (!writes) return 'inert'
  const targets = args.filter((arg) => isPlain(arg) && /^(https?:\/\/|localhost|127\.|\[?::1)/i.test(arg))
  return targets.length > 0 && targets.every(isLoopback) ? 'check' : 'effect'
}

function isCurlWrite(args: readonly string[]): boolean {
  const method = args.findIndex((arg) => arg === '-X' || arg === '--request')
  const named = method === -1 ? args.find((arg) => /^(-X.|--request=)/.test(arg)) : args[method + 1]
  const verb = named?.replace(/^(-X|--request=)/, '').toUpperCase()
  if (verb !== undefined) return verb !== 'GET' && verb !== 'HEAD'
  if (args.some((arg) => arg === '-G' || arg === '--get')) return false
  return args.some((arg) => /^(-[a-zA-Z]*[dFT]$|-[dFT].|--data|--form|--json|--upload-file|--mail-)/.test(arg))
}

function isLoopback(target: string): boolean {
  const host = /^(?:https?:\/\/)?(?:[^@/]{0,100}@)?(\[[0-9a-f:]{1,40}\]|[^:/?#]{1,255})/i
    .exec(target)?.[1]
    ?.toLowerCase()
  return (
    host === 'localhost' ||
    host === '[::1]' ||
    host === '::1' ||
    (host !== undefined && /^127(\.\d{1,3}){3}$/.test(host))
  )
}

function gradeGhApi(args: readonly string[]): Grade {
  const text = args.join(' ')
  if (/(-X|--method)[ =]?(GET|HEAD)/i.test(text)) return 'inert'
  return /(^| )(-X|--method|-f|-F|--field|--raw-field|--input|graphql)/.test(text) ? 'effect' : 'inert'
}

/** `aws s3 cp|sync FROM TO`: reading from a bucket is harmless, writing to one is not. */
function gradeAwsCopy(args: readonly string[]): Grade | undefined {
  const plain = args.filter(isPlain)
  const at = plain.indexOf('s3')
  if (at === -1 || !['cp', 'sync'].includes(plain[at + 1] ?? '')) return undefined
  if (args.includes('--dryrun')) return 'inert'
  const to = plain[at + 3]
  return to !== undefined && !to.startsWith('s3://') && !to.startsWith('$') && plain[at + 2]?.startsWith('s3://')
    ? 'inert'
    : 'effect'
}

function isRemote(target: string | undefined): boolean {
  return target !== undefined && (target.includes(':') || target.startsWith('$'))
}

/** A word that is no flag, and no choice of a toolchain (`cargo +nightly`). */
export function isPlain(arg: string): boolean {
  return !arg.startsWith('-') && !arg.startsWith('+')
}
