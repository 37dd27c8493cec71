import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { z } from 'zod'
import { isNestedTooDeep } from '../../../base/yaml-nesting.ts'
import { type Category, categories } from '../../../model/diagnosis.ts'
import { remedyKinds } from '../../../model/remedy.ts'
import { parseSignature } from './parse.ts'
import type { Signature } from './signature.ts'

/** The file in a repository in which people name failures of their own. */
export const signaturesFile = '.mendline/signatures.yml'

const known = Object.keys(categories).filter((category) => category !== 'unknown') as Category[]

const SignatureWords = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'wants letters, digits, points and dashes, at most 100')
    .describe('Its name: outcomes are remembered under it.'),
  query: z.string().min(1).describe('What must stand in one line, in Lucene’s query language.'),
  category: z.enum(known).optional().describe('Why the job broke when it hits.'),
  says: z.string().min(1).max(300).optional().describe('What it means, for people.'),
  url: z
    .string()
    .max(500)
    .regex(/^https?:\/\/[^\s"'<>]{1,480}$/, 'wants an address that begins with https://')
    .optional()
    .describe('Where it is written about.'),
  bug: z
    .union([z.string().max(100), z.number()])
    .optional()
    .describe('The number of the bug, when there is no address.'),
  remedy: z.enum(remedyKinds).optional().describe('What its authors would do about it.'),
})

export interface SignatureFile {
  /** Those that can be used; a broken one never takes the others with it. */
  readonly signatures: readonly Signature[]
  /** Sentences: where, what is wrong, what to do. */
  readonly problems: readonly string[]
}

const maxBytes = 256 * 1024
const most = 1_000
const mostProblems = 20

/** Reads a list of signatures, or a list under `signatures:`. */
export function readSignatures(text: string, file: string = signaturesFile): SignatureFile {
  const nothing = (problem: string): SignatureFile => ({ signatures: [], problems: [problem] })
  if (text.trim() === '') return { signatures: [], problems: [] }
  if (Buffer.byteLength(text) > maxBytes) return nothing(`${file} is larger than 256 KiB; shorten it`)
  if (isNestedTooDeep(text)) return nothing(`${file} is nested too deep; write it plainly`)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const at = (node: Node | null | undefined): string => `${file}, line ${lines.linePos(node?.range?.[0] ?? 0).line}`
  const [error] = document.errors
  if (error !== undefined)
    return nothing(
      `${file}, line ${lines.linePos(error.pos[0]).line}: ${(error.message.split('\n', 1)[0] ?? '').slice(0, 200)}`,
    )
  const root = document.contents
  const list = isMap(root) ? root.get('signatures', true) : root
  if (!isSeq(list)) return nothing(`${at(root)}: wants a list of signatures, each with an id and a query`)
  if (list.items.length > most)
    return nothing(`${at(root)}: holds more than ${most} signatures; keep those that still hit`)
  const read = list.items.map((item) => readOne(item as Node, at))
  const { signatures, doubles } = unique(read.flatMap((one) => (one.signature === undefined ? [] : [one.signature])))
  const problems = [
    ...read.flatMap(({ problems }) => problems),
    ...doubles.map((id) => `${file}: ${id} is there twice; the first one counts`),
  ]
  return { signatures, problems: problems.slice(0, mostProblems) }
}

interface One {
  readonly signature?: Signature
  readonly problems: readonly string[]
}

function readOne(node: Node, at: (node: Node | null | undefined) => string): One {
  const parsed = SignatureWords.safeParse((node as { toJSON?: () => unknown }).toJSON?.())
  if (!parsed.success)
    return {
      problems: parsed.error.issues.slice(0, 3).map((issue) => {
        const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path[0]
        const what =
          issue.code === 'unrecognized_keys'
            ? `nothing is known as "${String(key).slice(0, 60)}"`
            : `${String(key ?? 'it')}: ${issue.message}`
        return `${at(keyNode(node, key) ?? node)}: ${what}`
      }),
    }
  const { id, query, category, says, url, bug, remedy } = parsed.data
  const tree = parseSignature(query)
  if (tree.kind === 'problem')
    return { problems: [`${at(keyNode(node, 'query') ?? node)}: the query of ${id}, ${tree.sentence}`] }
  const about = url ?? (bug === undefined ? undefined : `bug ${bug}`)
  return {
    signature: {
      id,
      query: tree.query,
      ...(category === undefined ? {} : { category }),
      ...(says === undefined ? {} : { says }),
      ...(about === undefined ? {} : { url: about }),
      ...(remedy === undefined ? {} : { remedy }),
    },
    problems: [],
  }
}

function keyNode(node: Node, key: PropertyKey | undefined): Node | undefined {
  if (!isMap(node)) return undefined
  const pair = node.items.find(({ key: name }) => isScalar(name) && name.value === key)
  return pair === undefined ? undefined : (pair.key as Node)
}

function unique(signatures: readonly Signature[]): {
  readonly signatures: readonly Signature[]
  readonly doubles: readonly string[]
} {
  const first = new Map<string, Signature>()
  const doubles: string[] = []
  for (const signature of signatures)
    if (first.has(signature.id)) doubles.push(signature.id)
    else first.set(signature.id, signature)
  return { signatures: [...first.values()], doubles }
}
