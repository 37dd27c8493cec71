import { describe, expect, it } from 'vitest'
import { gist } from './gist.ts'

describe('the gist of an event', () => {
  it.each([
    [{ healing: 'h', outcome: 'mended', sentence: 'Green at the same commit' }, 'Green at the same commit'],
    [{ by: 'ada', why: 'release day' }, 'release day'],
    [{ permit: 'p', reasons: [{ code: 'side-effect', sentence: 'It publishes.' }] }, 'It publishes.'],
    [{ healing: 'h', plan: { remedy: 'do-nothing', why: 'It would fail again.' } }, 'It would fail again.'],
    [
      { run: { repository: 'a/b', pipeline: 'test', number: 7, status: 'completed', conclusion: 'failure' } },
      'a/b test #7 failure',
    ],
    [{ job: { name: 'build', status: 'in_progress' } }, 'job build in_progress'],
    [{ permit: 'p', remedy: 'rerun-failed' }, ''],
    [null, ''],
    ['text', ''],
  ])('of %j is %j', (data, words) => expect(gist(data)).toBe(words))
})
