import { expect, it } from 'vitest'
import { isRedactedRef, unredacted } from './redact.ts'

const redact = (text: string): string => text.replace(/key\d+/g, '***')

it('a name is found again by how it is told', () => {
  expect(isRedactedRef('fix/***')).toBe(true)
  expect(unredacted('fix/***', ['main', 'fix/key1', 'try/key2'], redact)).toBe('fix/key1')
})

it('where two names are told alike nobody guesses which was meant', () => {
  expect(unredacted('fix/***', ['fix/key1', 'fix/key2'], redact)).toBeUndefined()
  expect(unredacted('fix/***', ['main'], redact)).toBeUndefined()
})
