import { z } from 'zod'
import { type Category, categories, phases } from '../model/diagnosis.ts'
import { remedyKinds } from '../model/remedy.ts'

/** The words of `mendline diagnose`, on which others build: published as `docs/diagnosis.schema.json`. */
const probability = z.number().min(0).max(1)
const line = z.int().min(1)
const count = z.int().min(0)
const category = z.enum(Object.keys(categories) as [Category, ...Category[]])
const schema = z.literal('mendline.diagnosis/1')
const id = z.string().describe('As given with the case of a batch.')

const Excerpt = z.object({
  start: line,
  end: line.describe('Inclusive.'),
  score: probability,
  why: z.string(),
  text: z.array(z.string()).describe('The lines, redacted, without terminal codes, each cut at 2,000 characters.'),
})

const Tests = z.object({
  frameworks: z.array(z.string()).optional().describe('The runners of tests that spoke: junit, pytest.'),
  run: count.optional().describe("As the tool itself counts: gradle's and surefire's total holds the skipped."),
  failed: count.optional().describe('Failures and errors.'),
  skipped: count.optional(),
  expectedFailures: count.optional().describe('Failed as somebody said they would.'),
  unexpectedPasses: count.optional().describe('Passed although somebody said they would fail.'),
  failing: z
    .array(z.string())
    .describe('Names of the tests that failed, each once, at most 500, as the tool or its JUnit files write them.'),
  durationSeconds: z.number().optional().describe("By the tool's own clock."),
})

/** What broke in a log, where, why and how sure. */
export const Diagnosed = z.object({
  id: id.optional(),
  schema,
  log: z.object({
    ci: z.string().describe('Whose log it is; "plain" when nothing tells.'),
    lines: count.describe('Lines end by \\n alone.'),
    bytes: count,
  }),
  excerpts: z.array(Excerpt).describe('Best first; at most 60 lines in all. Lines are 1-based, of the file as given.'),
  category: category.describe('Why it broke; "unknown" when abstained.'),
  confidence: probability.describe('Probability of the leading category, also when abstained.'),
  abstained: z.boolean(),
  categories: z.array(z.object({ category, p: probability })).describe('The calibrated distribution, best first.'),
  phase: z.enum(phases).describe('Where the job broke.'),
  outcome: z.enum(['failure', 'error', 'timeout', 'cancellation', 'skip']).describe('As OpenTelemetry splits them.'),
  owner: z
    .enum(['author', 'test-owner', 'platform', 'vendor', 'security', 'service-owner', 'approver', 'nobody', 'triage'])
    .describe('Who must act.'),
  transience: z
    .object({ verdict: z.enum(['deterministic', 'intermittent', 'unknown']), p: probability, why: z.string() })
    .describe('Would it pass if it ran again unchanged?'),
  fingerprint: z.object({ exact: z.string(), family: z.string(), version: z.int() }),
  tool: z.string().optional(),
  exitCode: z.int().optional(),
  ending: z
    .enum(['passed', 'failed', 'stopped', 'cancelled', 'terminated'])
    .optional()
    .describe("How the job ended in its CI system's own words; absent where it says nothing."),
  location: z.object({ file: z.string(), line: z.int(), column: z.int().optional() }).optional(),
  tests: Tests.optional(),
  retryAfterSeconds: z.number().optional(),
  signatures: z
    .array(z.object({ id: z.string(), line: line.describe('The first it hit.'), count }))
    .optional()
    .describe('Signatures of `--signatures` that hit, in the order of their list.'),
  sentence: z.string().describe('For people.'),
  evidence: z.array(z.string()).describe('Why Mendline thinks so.'),
  remedies: z
    .array(z.object({ remedy: z.enum(remedyKinds), p: probability }))
    .describe('What may turn it green without a person, and how likely; the likeliest first.'),
})
export type Diagnosed = z.infer<typeof Diagnosed>

/** Why there is no diagnosis. */
export const Undiagnosed = z.object({ id: id.optional(), schema, error: z.string() })
export type Undiagnosed = z.infer<typeof Undiagnosed>

export type DiagnosisAnswer = Diagnosed | Undiagnosed

/** The JSON schema of an answer. */
export function diagnosisSchema(): Record<string, unknown> {
  return {
    // Unknown fields are allowed: later versions of `/1` may say more, never something else.
    ...z.toJSONSchema(z.union([Diagnosed, Undiagnosed]), { io: 'input' }),
    title: 'Mendline diagnosis',
    description: 'The answer of `mendline diagnose --format json`, and of each line of `--batch`.',
  }
}
