import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultPolicy, readPolicy } from './policy.ts'
import { policySchema } from './policy-schema.ts'
import { remedyKinds } from './remedy.ts'

const whole = `
heal:
  default: suggest
  remedies:
    rerun-failed: { mode: auto, attempts: 3 }
    more-memory: { mode: ask, up-to: 8GiB }
    more-time: { mode: ask, up-to-time: 1.5h }
  never: [deploy, "publish*"]
  budget: { reruns: 5/day, minutes: 60/day }
  hang: { silent: 90s }
`

function modesOf(text: string | undefined) {
  const { policy } = readPolicy(text)
  return Object.fromEntries(remedyKinds.map((kind) => [kind, policy.remedies[kind].mode]))
}

const cautious = {
  'rerun-failed': 'suggest',
  'rerun-clean': 'suggest',
  'more-memory': 'suggest',
  'more-time': 'suggest',
  'stop-hang': 'suggest',
  escalate: 'auto',
  'do-nothing': 'auto',
}

describe('a policy as it is meant', () => {
  test('says for each remedy what it may do, how often and how far', () => {
    const reading = readPolicy(whole)
    expect(reading).toMatchObject({ kind: 'read', notices: [] })
    expect(reading.policy.remedies['rerun-failed']).toEqual({ mode: 'auto', source: '.mendline.yml', attempts: 3 })
    expect(reading.policy.remedies['more-memory']).toMatchObject({ mode: 'ask', upToBytes: 8 * 2 ** 30 })
    expect(reading.policy.remedies['more-time'].upToMs).toBe(5_400_000)
    expect(reading.policy.remedies['stop-hang']).toMatchObject({ mode: 'suggest', source: '.mendline.yml' })
    expect(reading.policy).toMatchObject({
      never: ['deploy', 'publish*'],
      budget: { rerunsPerDay: 5, minutesPerDay: 60 },
      hang: { silentMs: 90_000 },
    })
  })

  test.each([
    ['no file', undefined],
    ['an empty file', ''],
    ['only a comment', '# nothing\n'],
  ])('%s: everything that acts is only suggested', (_about, text) => {
    expect(modesOf(text)).toEqual(cautious)
    expect(readPolicy(text).policy).toMatchObject({
      never: [],
      budget: { rerunsPerDay: 20, minutesPerDay: 300 },
      hang: { silentMs: 600_000 },
    })
  })

  test('a default of auto frees what acts; one of observe does not silence the telling', () => {
    expect(modesOf('heal: { default: auto }')).toMatchObject({ 'rerun-failed': 'auto', escalate: 'auto' })
    expect(modesOf('heal: { default: observe }')).toMatchObject({ 'rerun-failed': 'observe', escalate: 'auto' })
    expect(modesOf('heal: { remedies: { escalate: { mode: suggest } } }')).toMatchObject({ escalate: 'suggest' })
  })

  test('a mode chosen on the installation counts where the file is silent', () => {
    const chosen = new Map([
      ['rerun-failed', 'auto'],
      ['more-memory', 'auto'],
    ] as const)
    expect(readPolicy(undefined, chosen).policy.remedies['rerun-failed']).toMatchObject({
      mode: 'auto',
      source: 'installation',
    })
    expect(readPolicy('heal: { remedies: { more-memory: { mode: ask } } }', chosen).policy.remedies).toMatchObject({
      'rerun-failed': { mode: 'auto', source: 'installation' },
      'more-memory': { mode: 'ask', source: '.mendline.yml' },
    })
  })

  test('sections of later loops are accepted and said to be without effect', () => {
    const reading = readPolicy('deliver: { canary: { steps: [10] } }\nnotify: [{ when: mended }]\n')
    expect(reading).toMatchObject({
      kind: 'read',
      notices: [expect.stringMatching(/"deliver".*not yet/), expect.stringMatching(/"notify".*not yet/)],
    })
  })
})

describe('a policy with a mistake', () => {
  test.each([
    [
      'a key that does not exist',
      'heal:\n  defautl: auto\n',
      /^\.mendline\.yml, line 2: nothing is known as "defautl" under heal/,
    ],
    ['a key at the top', 'heal: {}\nheel: {}\n', /line 2: nothing is known as "heel" at the top/],
    ['a remedy that does not exist', 'heal:\n  remedies:\n    rerun-all: { mode: auto }\n', /line 3: .*rerun-all/],
    [
      'a mode that does not exist',
      'heal:\n  remedies:\n    rerun-failed:\n      mode: yolo\n',
      /line 4: heal\.remedies\.rerun-failed\.mode/,
    ],
    [
      'a size without its unit',
      'heal: { remedies: { more-memory: { up-to: 8 } } }',
      /line 1: heal\.remedies\.more-memory\.up-to/,
    ],
    ['a budget without its day', 'heal:\n  budget:\n    reruns: "20"\n', /line 3: .*20\/day/],
    ['too many attempts', 'heal: { remedies: { rerun-failed: { attempts: 11 } } }', /attempts/],
    ['broken YAML', 'heal:\n  default: [auto\n', /line [23]: /],
    ['a key twice', 'heal:\n  default: auto\n  default: ask\n', /line 3: .*unique/],
    ['a list', '- heal\n', /line 1: /],
  ])('%s: named with its line, and everything is only suggested', (_about, text, expected) => {
    const reading = readPolicy(text)
    if (reading.kind !== 'broken') throw new Error(`read as ${reading.kind}`)
    expect(reading.problems[0]).toMatch(expected)
    expect(modesOf(text)).toEqual(cautious)
  })

  test.each([
    ['too large', `heal: {}\n#${'x'.repeat(70_000)}`],
    ['too deep', '['.repeat(60_000)],
    ['too deep in keys', '? '.repeat(30_000)],
    [
      'a bomb of aliases',
      `a: &a [1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]\n`,
    ],
  ])('%s: broken, quickly', (_about, text) => {
    const before = performance.now()
    expect(readPolicy(text).kind).toBe('broken')
    expect(performance.now() - before).toBeLessThan(2_000)
  })

  test('no text whatever lets anything act that a valid file would not', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const reading = readPolicy(text)
        return reading.kind !== 'broken' || reading.policy.remedies['rerun-failed'].mode === 'suggest'
      }),
    )
    expect(defaultPolicy.remedies['rerun-failed'].mode).toBe('suggest')
  })
})

test('the published schema is up to date (node scripts/write-schema.ts writes it)', async () => {
  const published = await readFile(new URL('../../docs/mendline.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(published)).toEqual(policySchema())
})
