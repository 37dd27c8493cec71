import { expect, it } from 'vitest'
import { readPolicy } from '../../model/policy.ts'
import { policyNotes } from './policy-notes.ts'

it('quotes a broken policy without the secrets that stand in it', () => {
  const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`
  const notes = policyNotes(readPolicy(`version: 1\n${token}: yes\n`))
  expect(notes.join('\n')).toContain('***')
  expect(notes.join('\n')).not.toContain(token)
})
