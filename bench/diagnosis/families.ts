import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clusterFailures } from '../../src/loops/heal/families/cluster.ts'
import { textOf } from '../../src/loops/heal/families/text.ts'
import { fingerprintOf } from '../../src/loops/heal/logs/fingerprint.ts'
import type { Data } from './data.ts'
import { type Figure, percent } from './figure.ts'
import { sameAgain } from './recurrence.ts'

interface Cases {
  readonly k8s_triage_normalize: readonly { readonly input: string; readonly normalized: string }[]
  readonly k8s_triage_same_cluster: readonly { readonly must_share_cluster: readonly string[] }[]
  readonly luci_failurereason: readonly {
    readonly input?: string
    readonly rule?: string
    readonly same?: readonly string[]
    readonly different?: readonly string[]
  }[]
}
/** Messages that are one failure, or that are each a failure of its own. */
interface Wanted {
  readonly same: boolean
  readonly messages: readonly string[]
}

/** Cases that Kubernetes' triage and Chromium's LUCI test their clustering with. */
export async function measure(data: Data): Promise<readonly Figure[]> {
  const folder = data.folder('failure-clustering')
  const again = await sameAgain(data)
  if (folder === undefined) return again
  const wanted = casesFrom(JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as Cases)
  const right = wanted.filter((each) => isRight(each))
  for (const each of wanted) if (!isRight(each)) console.log(`  clustered wrong: ${JSON.stringify(each)}`)
  const share = right.length / wanted.length
  return [
    {
      what: `families, ${wanted.length} cases of Kubernetes triage and LUCI`,
      measured: `${percent(share)} clustered right`,
      baseline: '–',
      reach: 'all',
      reached: share === 1,
    },
    ...again,
  ]
}

/** A message and its normal form say: whatever other values stand where the normal form has holes, it is one failure. */
function casesFrom(cases: Cases): readonly Wanted[] {
  const variants = cases.k8s_triage_normalize.map(({ input, normalized }) => ({
    same: true,
    messages: [input, otherValues(input, normalized.split(/UNIQ\d+|TIME/))],
  }))
  const rules = cases.luci_failurereason.flatMap(({ input, rule, same, different }): readonly Wanted[] => [
    ...(input === undefined || rule === undefined
      ? []
      : [{ same: true, messages: [input, otherValues(input, rule.split('%'))] }]),
    ...(same === undefined ? [] : [{ same: true, messages: same }]),
    ...(different === undefined ? [] : [{ same: false, messages: different }]),
  ])
  const clusters = cases.k8s_triage_same_cluster.map(({ must_share_cluster }) => ({
    same: true,
    messages: must_share_cluster,
  }))
  return [...variants, ...rules, ...clusters]
}

/** The message with other digits where none of the fixed texts stands. */
function otherValues(message: string, fixed: readonly string[]): string {
  const digits = (text: string): string => text.replace(/\d/g, (digit) => String((Number(digit) + 1) % 10))
  let rest = message
  let made = ''
  for (const text of fixed.map((each) => each.trim()).filter((each) => each !== '')) {
    const at = rest.indexOf(text)
    if (at === -1) continue
    made += digits(rest.slice(0, at)) + text
    rest = rest.slice(at + text.length)
  }
  return made + digits(rest)
}

function isRight({ same, messages }: Wanted): boolean {
  const now = new Date()
  const families = clusterFailures(
    messages.map((message, index) => {
      const text = message.split('\n')
      return {
        id: String(index),
        repository: 'project',
        at: now,
        category: 'code.test',
        fingerprint: fingerprintOf({ category: 'code.test', lines: text }),
        text: textOf({ excerpts: [{ start: 1, end: text.length, score: 1, why: '', text }] }),
      }
    }),
    now,
  )
  return families.length === (same ? 1 : messages.length)
}
