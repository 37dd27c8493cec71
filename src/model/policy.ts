import { isMap, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { parseDuration, parseSize } from '../base/quantity.ts'
import { isNestedTooDeep } from '../base/yaml-nesting.ts'
import { type Mode, modes, type RemedyKind, remedyKinds } from './remedy.ts'

/** The file in a repository that says what may happen there by itself. */
export const policyFile = '.mendline.yml'

const duration = z.string().regex(/^\d{1,12}(\.\d{1,6})? ?(ms|s|m|h|d)$/, 'wants a duration such as "90s" or "10m"')
const size = z.string().regex(/^\d{1,12}(\.\d{1,6})? ?(B|KiB|MiB|GiB|TiB)$/, 'wants a size such as "512MiB" or "8GiB"')
const perDay = z.string().regex(/^\d{1,6}\/day$/, 'wants a number for each day such as "20/day"')
const mode = z.enum(modes)

const RemedyFile = z.strictObject({
  mode: mode.optional().describe('How freely this remedy may act here.'),
  attempts: z.int().min(1).max(10).optional().describe('Reruns of one run for one kind of failure.'),
  'up-to': size.optional().describe('The most memory that more-memory may give.'),
  'up-to-time': duration.optional().describe('The longest limit that more-time may give.'),
})

/** `.mendline.yml` as it is written. Published as docs/mendline.schema.json. */
export const PolicyFile = z.strictObject({
  heal: z
    .strictObject({
      default: mode.optional().describe('The mode of every remedy that is not named below.'),
      remedies: z.partialRecord(z.enum(remedyKinds), RemedyFile).optional(),
      never: z
        .array(z.string().min(1).max(200))
        .max(100)
        .optional()
        .describe('Names of jobs that nothing touches by itself; * stands for any text.'),
      budget: z.strictObject({ reruns: perDay.optional(), minutes: perDay.optional() }).optional(),
      hang: z.strictObject({ silent: duration.optional() }).optional(),
    })
    .optional(),
  deliver: z.unknown().optional().describe('Accepted, not yet honoured.'),
  notify: z.unknown().optional().describe('Accepted, not yet honoured.'),
})
export type PolicyFile = z.infer<typeof PolicyFile>

interface RemedyPolicy {
  readonly mode: Mode
  /** Where the mode comes from: ".mendline.yml", "installation" or "default". */
  readonly source: string
  readonly attempts: number
  readonly upToBytes?: number | undefined
  readonly upToMs?: number | undefined
}

/** What may happen in one repository. A plain value: it is kept with every decision that was made from it. */
export interface Policy {
  readonly remedies: Readonly<Record<RemedyKind, RemedyPolicy>>
  /** Job names or globs that nothing touches by itself. */
  readonly never: readonly string[]
  readonly budget: { readonly rerunsPerDay: number; readonly minutesPerDay: number }
  readonly hang: { readonly silentMs: number }
}

/** `problems` and `notices` are sentences for people: the file's mistakes, and what it says that nothing honours yet. */
export type PolicyReading =
  | { readonly kind: 'absent'; readonly policy: Policy; readonly notices: readonly string[] }
  | { readonly kind: 'read'; readonly policy: Policy; readonly notices: readonly string[] }
  | { readonly kind: 'broken'; readonly policy: Policy; readonly problems: readonly string[] }

const maxBytes = 64 * 1024

/** These change nothing outside, so they need nobody's leave. */
export const changesNothing: readonly RemedyKind[] = ['escalate', 'do-nothing']

export const defaultPolicy: Policy = policyFrom({}, new Map())

/**
 * Read `.mendline.yml`; `installation` holds the modes that people chose for this repository on this installation.
 * The file wins over them, they win over the default. A broken file counts as caution: everything is only suggested.
 */
export function readPolicy(
  text: string | undefined,
  installation: ReadonlyMap<RemedyKind, Mode> = new Map(),
): PolicyReading {
  if (text === undefined || text.trim() === '')
    return { kind: 'absent', policy: policyFrom({}, installation), notices: [] }
  if (Buffer.byteLength(text) > maxBytes) return broken([`${policyFile} is larger than 64 KiB; shorten it`])
  if (isNestedTooDeep(text)) return broken([`${policyFile} is nested too deep; write it plainly`])
  const lines = new LineCounter()
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
    if (document.errors.length > 0)
      return broken(
        document.errors.slice(0, 10).map((error) => at(lines.linePos(error.pos[0]).line, firstLine(error.message))),
      )
    const parsed = PolicyFile.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {})
    if (!parsed.success)
      return broken(parsed.error.issues.slice(0, 10).map((issue) => sayIssue(issue, document, lines)))
    return { kind: 'read', policy: policyFrom(parsed.data, installation), notices: noticesOf(parsed.data) }
  } catch (error) {
    // Nesting beyond the parser's stack, too many aliases.
    return broken([`${policyFile} cannot be read: ${firstLine(String((error as Error).message))}`])
  }
}

function broken(problems: readonly string[]): PolicyReading {
  const cautious: PolicyFile = { heal: { default: 'suggest' } }
  return { kind: 'broken', policy: policyFrom(cautious, new Map()), problems }
}

function policyFrom(file: PolicyFile, installation: ReadonlyMap<RemedyKind, Mode>): Policy {
  const heal = file.heal ?? {}
  const remedies = Object.fromEntries(remedyKinds.map((kind) => [kind, remedyPolicy(kind, heal, installation)]))
  return {
    remedies: remedies as Record<RemedyKind, RemedyPolicy>,
    never: heal.never ?? [],
    budget: {
      rerunsPerDay: countPerDay(heal.budget?.reruns ?? '20/day'),
      minutesPerDay: countPerDay(heal.budget?.minutes ?? '300/day'),
    },
    hang: { silentMs: parseDuration(heal.hang?.silent ?? '10m') },
  }
}

function remedyPolicy(
  kind: RemedyKind,
  heal: NonNullable<PolicyFile['heal']>,
  installation: ReadonlyMap<RemedyKind, Mode>,
): RemedyPolicy {
  const own = heal.remedies?.[kind]
  const upTo = own?.['up-to']
  const upToTime = own?.['up-to-time']
  return {
    ...modeOf(kind, heal, installation),
    attempts: own?.attempts ?? 2,
    ...(upTo === undefined ? {} : { upToBytes: parseSize(upTo) }),
    ...(upToTime === undefined ? {} : { upToMs: parseDuration(upToTime) }),
  }
}

function modeOf(
  kind: RemedyKind,
  heal: NonNullable<PolicyFile['heal']>,
  installation: ReadonlyMap<RemedyKind, Mode>,
): Pick<RemedyPolicy, 'mode' | 'source'> {
  const named = heal.remedies?.[kind]?.mode
  if (named !== undefined) return { mode: named, source: policyFile }
  // `default` is about what acts; telling people and doing nothing are not switched off in passing.
  if (heal.default !== undefined && !changesNothing.includes(kind)) return { mode: heal.default, source: policyFile }
  const chosen = installation.get(kind)
  if (chosen !== undefined) return { mode: chosen, source: 'installation' }
  return { mode: changesNothing.includes(kind) ? 'auto' : 'suggest', source: 'default' }
}

function countPerDay(text: string): number {
  return Number.parseInt(text, 10)
}

function noticesOf(file: PolicyFile): readonly string[] {
  return (['deliver', 'notify'] as const)
    .filter((section) => file[section] !== undefined)
    .map((section) => `${policyFile}: the section "${section}" is accepted but not yet honoured`)
}

type Document = ReturnType<typeof parseDocument>

function sayIssue(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): string {
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `"${key.slice(0, 60)}"`).join(', ')
    const where = issue.path.length === 0 ? 'at the top' : `under ${issue.path.join('.')}`
    return at(lineOf([...issue.path, issue.keys[0] ?? ''], document, lines), `nothing is known as ${keys} ${where}`)
  }
  return at(lineOf(issue.path, document, lines), `${issue.path.join('.') || 'the file'}: ${firstLine(issue.message)}`)
}

/** The line of the deepest part of `path` that the document has. */
function lineOf(path: readonly PropertyKey[], document: Document, lines: LineCounter): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true)
    const last = path[depth - 1]
    const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === String(last)) : undefined
    const node = (pair?.key ?? document.getIn(path.slice(0, depth), true)) as {
      range?: [number, number, number]
    } | null
    if (node?.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

function at(line: number, sentence: string): string {
  return `${policyFile}, line ${line}: ${sentence}`
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').slice(0, 200)
}
