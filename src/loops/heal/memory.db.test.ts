import { expect, test } from 'vitest'
import { testStore } from '../../../test/database.ts'
import type { RunId } from '../../model/run.ts'
import { findHealing, momentsOf, moveHealing, openHealing } from './memory.ts'

const at = new Date('2026-01-31T10:00:00Z')

test('a case goes on with text that PostgreSQL cannot store as it is', async () => {
  const { db } = await testStore()
  const id = 'heal:ci/1:1'
  const [runId, sha] = ['ci/1' as RunId, 'a'.repeat(40)]
  await openHealing(db, { id, runId, attempt: 1, connection: 'ci', repository: 'acme/shop', pipeline: 'CI', sha, at })
  const foreign = 'nothing is known as "a\0b" or \ud800'
  await moveHealing(db, id, 'decided', {
    state: 'deciding',
    sentence: foreign,
    jobName: foreign,
    inputs: { policyNotes: [foreign] },
    at,
  })
  const kept = 'nothing is known as "a\ufffdb" or \ufffd'
  expect(await findHealing(db, id)).toMatchObject({
    sentence: kept,
    job_name: kept,
    inputs: { policyNotes: [kept] },
  })
  expect((await momentsOf(db, [id])).get(id)).toMatchObject([{ what: 'decided', sentence: kept }])
})
