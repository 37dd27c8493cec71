import { expect, test } from 'vitest'
import { testStore } from '../../../test/database.ts'
import { page } from '../../engine/eventlog/page.ts'
import type { Diagnosis } from '../../model/diagnosis.ts'
import type { RunId } from '../../model/run.ts'
import { failedJob } from './facts.fixture.ts'
import { createFamilies } from './families.ts'
import { moveHealing, openHealing } from './memory.ts'
import { corrected } from './models/corrected.ts'
import { familyLabel, labelHealing } from './models/labels.ts'
import { holdingLabels, labelsOf } from './models/memory.ts'

const store = await testStore()
const { db } = store
const now = new Date('2026-03-10T12:00:00Z')
const clock = { now: () => now, monotonicMs: () => 0 }
const families = createFamilies({ store, clock } as unknown as Parameters<typeof createFamilies>[0])

function diagnosis(family: string, text: string): Diagnosis {
  return {
    ...failedJob('net.connect').diagnosis,
    sentence: `Cannot connect (${text}).`,
    fingerprint: { exact: `${family} exact`, family, version: 2 },
    excerpts: [{ start: 7, end: 7, score: 0.9, why: 'an error', text: [text] }],
    evidence: ['line 7: an error'],
  }
}

async function failed(number: number, told: Diagnosis, hoursAgo: number, repository = 'acme/shop'): Promise<string> {
  const id = `heal:ci/${number}:1`
  const at = new Date(now.getTime() - hoursAgo * 3_600_000)
  const run = { runId: `ci/${number}` as RunId, attempt: 1, connection: 'ci', pipeline: 'CI', sha: 'a'.repeat(40) }
  await openHealing(db, { ...run, id, repository, branch: 'main', at })
  await moveHealing(db, id, 'decided', { state: 'deciding', sentence: told.sentence, diagnosis: told, at })
  return id
}

const refused = 'connect ECONNREFUSED to the registry of packages after a long wait'
await failed(1, diagnosis('f1', `${refused} of 30 s`), 50)
const newest = await failed(2, diagnosis('f1', `${refused} of 31 s`), 2)
await failed(3, diagnosis('f2', 'the disk of the runner is full, nothing can be written'), 1, 'acme/web')

test('families are listed seen last first, with when and where', async () => {
  const listed = await families.list({ limit: 10 })
  expect(listed.map(({ id, count, state, repositories }) => ({ id, count, state, repositories }))).toEqual([
    { id: 'f2', count: 1, state: 'new', repositories: ['acme/web'] },
    { id: 'f1', count: 2, state: 'recurring', repositories: ['acme/shop'] },
  ])
  expect(listed[1]).toMatchObject({ sentence: `Cannot connect (${refused} of 31 s).`, label: null })
  expect(await families.list({ limit: 10, before: 'f2' })).toHaveLength(1)
  expect(await families.list({ limit: 10, state: 'new' })).toMatchObject([{ id: 'f2' }])
})

test('a family shows its failures, the newest one as a sample', async () => {
  const family = await families.find('f1')
  expect(family?.sightings.map(({ run, sentence }) => [run, sentence])).toEqual([
    ['ci/2', `Cannot connect (${refused} of 31 s).`],
    ['ci/1', `Cannot connect (${refused} of 30 s).`],
  ])
  expect(family?.template).toBe(`${refused} of <*>`)
  expect(family?.sample).toMatchObject({ run: 'ci/2', excerpts: [{ start: 7 }], evidence: ['line 7: an error'] })
  expect(await families.find('nowhere')).toBeUndefined()
})

test('a label is kept with who gave it, told as an event, and decides the next like failure', async () => {
  const token = `ghp_${'a1B2'.repeat(9)}`
  await families.label('f1', { category: 'dep.resolve', note: `their mirror; token ${token}` }, 'rosa')
  const [first] = await holdingLabels(db)
  expect(first).toMatchObject({
    family: 'f1',
    category: 'dep.resolve',
    was: 'net.connect',
    by: 'rosa',
    healing_id: newest,
  })
  expect(first?.note).toMatch(/^their mirror; token /)
  expect(first?.note).not.toContain(token)
  const [event] = await page(db, { types: ['failure.labelled'], limit: 5 })
  expect(event).toMatchObject({ subject: 'ci/2', data: { family: 'f1', category: 'dep.resolve', by: 'rosa' } })

  const labels = (await holdingLabels(db)).map(familyLabel)
  const near = corrected(diagnosis('f9', `${refused} of 99 s`), labels, undefined)
  expect(near).toMatchObject({ category: 'dep.resolve', confidence: 0.85 })
  expect(await families.find('f1')).toMatchObject({ category: 'dep.resolve', label: { by: 'rosa' } })
})

test('a later label takes the place of the earlier one, which stays written down', async () => {
  await labelHealing({ store, clock }, newest, { category: 'ext.service_5xx' }, 'kim')
  expect(await holdingLabels(db)).toMatchObject([{ category: 'ext.service_5xx', by: 'kim' }])
  expect((await labelsOf(db, ['f1'])).map(({ by }) => by).sort()).toEqual(['kim', 'rosa'])
})

test('what was not diagnosed, or is not there, cannot be labelled', async () => {
  const run = { runId: 'ci/9' as RunId, attempt: 1, connection: 'ci', pipeline: 'CI', sha: 'a'.repeat(40) }
  await openHealing(db, { ...run, id: 'heal:ci/9:1', repository: 'acme/shop', at: now })
  const label = { category: 'code.test' } as const
  await expect(labelHealing({ store, clock }, 'heal:ci/9:1', label, 'kim')).rejects.toThrow('not diagnosed yet')
  await expect(labelHealing({ store, clock }, 'heal:none', label, 'kim')).rejects.toThrow('there is no healing')
})
