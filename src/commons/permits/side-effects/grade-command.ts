import { type Grade, knownTools, type Tool } from './known-commands.ts'
import { doubtfulWord, riskyWord } from './risky-words.ts'
import { type Command, commandsOf } from './shell-words.ts'

export interface GradedCommand {
  readonly grade: Grade
  readonly tool: string
  /** The command as a person may read it. */
  readonly says: string
}

/** A row of the table, cut into its words once. */
interface Rules {
  readonly effects: readonly Rule[]
  readonly effectFlags: readonly string[]
  readonly inert: readonly Rule[]
  readonly check: readonly Rule[]
  readonly dry: readonly string[]
  readonly runs: boolean
  readonly otherwise: Grade
}
/** Words that stand side by side. */
type Rule = readonly string[]

const tools = new Map<string, Rules>(
  knownTools.flatMap((tool) => words(tool.names).map((name) => [name, rulesOf(tool)] as const)),
)

function rulesOf(tool: Tool): Rules {
  const rules = (list = ''): readonly Rule[] => commas(list).map(words)
  return {
    effects: rules(tool.effects),
    effectFlags: commas(tool.effectFlags),
    inert: rules(tool.inert),
    check: rules(tool.check),
    dry: commas(tool.dry),
    runs: tool.runs ?? false,
    otherwise: tool.otherwise,
  }
}

function commas(list = ''): readonly string[] {
  return list
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

/** Every command of a script with what it does to the world. Nested scripts are cut open too. */
export function gradeScript(script: string, depth = 0): readonly GradedCommand[] {
  if (depth > deepest) return [{ grade: 'doubt', tool: '$', says: 'a script within scripts' }]
  const commands = commandsOf(script)
  // `echo … | sh`: what is printed is run.
  const printed = commands.some(isBareShell) ? commands.map(printedBy).filter((text) => text !== '') : []
  return [
    ...commands.flatMap((command) => gradeCommand(command, depth)),
    ...printed.flatMap((text) => gradeScript(text, depth + 1)),
  ]
}

function isBareShell({ words: given, stdin }: Command): boolean {
  const [first, ...args] = unwrap(given)
  return first !== undefined && stdin === '' && shells.includes(bareName(first)) && !args.some(isPlain)
}

function printedBy({ words: given, stdin }: Command): string {
  return given[0] === 'echo' || given[0] === 'printf' ? given.slice(1).join(' ') : stdin
}

const deepest = 4

function gradeCommand(command: Command, depth: number): readonly GradedCommand[] {
  const [first, ...args] = unwrap(command.words)
  if (first === undefined) return []
  const tool = bareName(first)
  const inner = innerScript(tool, args, command.stdin)
  if (inner !== undefined) return gradeScript(inner, depth + 1)
  const graded = { grade: gradeOf(tool, args, first), tool, says: say([first, ...args]) }
  // Such a program may run another that its arguments spell out: look at every place where one could begin.
  return !tools.has(tool) || tool === 'find' ? [graded, ...hidden(args, depth)] : [graded]
}

function gradeOf(tool: string, args: readonly string[], first: string): Grade {
  const special = specials[tool]?.(args)
  if (special !== undefined) return special
  const known = tools.get(tool)
  if (known !== undefined) return gradeKnown(known, args)
  return namesRisk([first, ...args.filter(isPlain).slice(0, 3)]) ? 'doubt' : 'opaque'
}

function gradeKnown(rules: Rules, args: readonly string[]): Grade {
  if (args.some((arg) => rules.dry.includes(arg))) return 'inert'
  const plain = args.filter(isPlain)
  if (rules.inert.some((rule) => startsWith(plain, rule))) return 'inert'
  if (rules.effects.some((rule) => includes(plain, rule))) return 'effect'
  if (args.some((arg) => rules.effectFlags.includes(arg))) return 'effect'
  if (rules.inert.some((rule) => includes(plain, rule))) return 'inert'
  if (rules.check.some((rule) => startsWith(plain, rule))) return 'check'
  if (rules.runs && namesRisk(plain)) return 'doubt'
  if (rules.check.some((rule) => includes(plain, rule))) return 'check'
  if (rules.otherwise === 'opaque' && rules.runs && plain.some(isUsualScript)) return 'check'
  // `docker $VERB`, `make $TARGET`: what it does is decided elsewhere.
  if ((rules.effects.length > 0 || rules.runs) && plain.find((arg) => arg !== 'run')?.startsWith('$')) return 'doubt'
  return rules.otherwise
}

/** A script or target whose name speaks of an outside change; `build-release` and `assembleRelease` only build. */
function namesRisk(names: readonly string[]): boolean {
  return names.some((name) => {
    if (riskyWord(withoutFolders(name)) !== undefined) return true
    return (
      doubtfulWord(withoutFolders(name)) !== undefined &&
      !/^(build|test|assemble|bundle|compile|check|lint|install|minify|connected)/i.test(name)
    )
  })
}

/** Of a path only the last two parts name what is run. */
function withoutFolders(name: string): string {
  return name.split('/').slice(-2).join('/')
}

const usualScripts =
  /^(build|test|tests|lint|check|checks|typecheck|type-check|types|format|fmt|ci|compile|coverage|cover|unit|integration|e2e|verify|validate|prettier|eslint|tsc|bundle|docs|clean|spec|specs|smoke|bench|benchmark|generate|codegen|prebuild|pretest|setup|bootstrap|prepare|dist|pytest)([:_.-]|$)/

function isUsualScript(name: string): boolean {
  return usualScripts.test(name)
}

function isPlain(arg: string): boolean {
  return !arg.startsWith('-') && !arg.startsWith('+')
}

function startsWith(plain: readonly string[], rule: Rule): boolean {
  return rule.every((word, index) => plain[index] === word)
}

function includes(plain: readonly string[], rule: Rule): boolean {
  return plain.some((_, start) => rule.every((word, index) => plain[start + index] === word))
}

const reserved = new Set([
  'if',
  'then',
  'elif',
  'else',
  'do',
  'while',
  'until',
  '!',
  '{',
  '}',
  'time',
  'fi',
  'done',
  'esac',
])
const assignment = /^[A-Za-z_][A-Za-z0-9_]*\+?=/
/** Programs that run the command which follows them, with the flags that take a value. */
const wrappers: Readonly<Record<string, readonly string[]>> = {
  sudo: ['-u', '-g', '-h'],
  env: ['-u', '-C', '-S'],
  nohup: [],
  command: [],
  builtin: [],
  exec: ['-a'],
  nice: ['-n'],
  ionice: ['-c', '-n'],
  chronic: [],
  unbuffer: [],
  catchsegv: [],
  timeout: ['-k', '-s'],
  gtimeout: ['-k', '-s'],
  'xvfb-run': ['-s', '-n', '--server-args'],
  xargs: ['-n', '-P', '-I', '-L', '-d', '-a'],
  npx: ['-p', '--package', '-c'],
  bunx: [],
  uvx: ['--from', '--with', '--python'],
  'cross-env': [],
  dotenv: ['-e'],
  call: [],
}
/** The same, spelled with a subcommand. */
const subWrappers: Readonly<Record<string, readonly string[]>> = {
  yarn: ['dlx', 'exec'],
  pnpm: ['dlx', 'exec'],
  npm: ['exec', 'x'],
  bun: ['x'],
  poetry: ['run'],
  uv: ['run'],
  pdm: ['run'],
  hatch: ['run'],
  rye: ['run'],
  pipenv: ['run'],
  pipx: ['run'],
  bundle: ['exec'],
  mise: ['exec', 'x'],
  doppler: ['run'],
  op: ['run'],
  'aws-vault': ['exec'],
  conda: ['run'],
  micromamba: ['run'],
}

/** The command itself, without reserved words, assignments and the programs that only pass it on. */
function unwrap(words: readonly string[], rounds = 12): readonly string[] {
  let rest = words
  for (let round = 0; round < rounds; round += 1) {
    const first = rest[0]
    if (first === undefined) return []
    const name = bareName(first)
    if (['for', 'case', 'select', 'function', 'in'].includes(first)) return []
    if (reserved.has(first) || assignment.test(first)) rest = rest.slice(1)
    else if (Object.hasOwn(wrappers, name)) rest = afterFlags(rest.slice(1), wrappers[name] ?? [], name)
    else if (Object.hasOwn(subWrappers, name) && subWrappers[name]?.includes(rest[1] ?? ''))
      rest = afterFlags(rest.slice(2), ['--from', '--with', '-n', '-p', '--project'], name)
    else if (/^python[0-9.]*$/.test(name) && rest[1] === '-m' && rest[2] !== undefined) rest = rest.slice(2)
    else return rest
  }
  return rest
}

function afterFlags(words: readonly string[], withValue: readonly string[], wrapper: string): readonly string[] {
  let at = 0
  while (words[at]?.startsWith('-')) at += withValue.includes(words[at] as string) ? 2 : 1
  if (wrapper.endsWith('timeout')) at += 1
  const rest = words.slice(at)
  // `npx semantic-release@24`: the version is no part of the name.
  const named = rest[0]?.replace(/(.)@[^/]*$/, '$1')
  return named === undefined ? [] : [named, ...rest.slice(1)]
}

function bareName(word: string): string {
  const name = word.includes('$') ? word : word.slice(word.lastIndexOf('/') + 1)
  return name.replace(/\.(exe|cmd|bat)$/i, '')
}

const shells = ['bash', 'sh', 'zsh', 'dash', 'ksh', 'ash']

/** The script that a command gives to a shell, if it can be read. */
function innerScript(tool: string, args: readonly string[], stdin: string): string | undefined {
  if (tool === 'eval') return args.join(' ')
  if (tool === 'trap') return args[0]
  if (!shells.includes(tool) && tool !== 'su') return undefined
  const flag = args.findIndex((arg) => /^-[a-z]*c$/.test(arg))
  if (flag !== -1) return args[flag + 1] ?? ''
  return stdin === '' ? undefined : stdin
}

function hidden(args: readonly string[], depth: number): readonly GradedCommand[] {
  return args.slice(0, 40).flatMap((arg, index) => {
    if (arg.includes(' ')) return gradeScript(arg, depth + 1).filter(isTelling)
    if (!tools.has(bareName(arg)) && specials[bareName(arg)] === undefined) return []
    return gradeCommand({ words: args.slice(index), stdin: '' }, depth).filter(isTelling)
  })
}

function isTelling(command: GradedCommand): boolean {
  return command.grade === 'effect' || command.grade === 'doubt'
}

function say(words: readonly string[]): string {
  const text = words.join(' ').replace(/\s+/g, ' ')
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

/** Tools that need more than their verbs to be understood. Undefined: let the table speak. */
const specials: Readonly<Record<string, (args: readonly string[]) => Grade | undefined>> = {
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
