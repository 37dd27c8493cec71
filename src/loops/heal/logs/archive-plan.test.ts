import { describe, expect, it } from 'vitest'
import { planOfArchive } from './archive-plan.ts'

const pathsOf = (...paths: readonly string[]): readonly string[] => planOfArchive(paths).map(({ path }) => path)

describe('the archive of a run', () => {
  it('is read job by job, in the order of their numbers', () =>
    expect(pathsOf('10_deploy.txt', '2_build (11).txt', 'build (11)/1_Set up job.txt')).toEqual([
      '2_build (11).txt',
      '10_deploy.txt',
    ]))
  it('names the job of each file', () =>
    expect(planOfArchive(['2_build (11, ubuntu).txt'])).toEqual([
      { path: '2_build (11, ubuntu).txt', job: 'build (11, ubuntu)' },
    ]))
  it('is read by step where the whole job is missing, also beside whole ones', () =>
    expect(planOfArchive(['1_lint.txt', 'lint/1_a.txt', 'test  unit/10_Post.txt', 'test  unit/2_Run it.txt'])).toEqual([
      { path: '1_lint.txt', job: 'lint' },
      { path: 'test  unit/2_Run it.txt', job: 'test  unit', step: 'Run it' },
      { path: 'test  unit/10_Post.txt', job: 'test  unit', step: 'Post' },
    ]))
  it('may hold other things', () =>
    expect(pathsOf('1_a.txt', 'a/', 'picture.png', 'a/system.txt')).toEqual(['1_a.txt']))
})
