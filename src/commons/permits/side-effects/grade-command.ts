import { type Grade, knownTools, type Tool } from './known-commands.ts'
import { doubtfulWord, riskyWord } from './risky-words.ts'
import { type Command, commandsOf } from './shell-words.ts'
import { isPlain, specials } from './special-commands.ts'
import { bareName, unwrap } from './unwrap.ts'

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

function startsWith(plain: readonly string[], rule: Rule): boolean {
  return rule.every((word, index) => plain[index] === word)
}

function includes(plain: readonly string[], rule: Rule): boolean {
  return plain.some((_, start) => rule.every((word, index) => plain[start + index] === word))
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
