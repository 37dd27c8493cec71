import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOut } from './graph-layout.ts'

const job = (name: string, ...needs: string[]) => ({ id: `native/${name}`, name, needs })
const columns = (...jobs: ReturnType<typeof job>[]) =>
  Object.fromEntries(layOut(jobs).places.map(({ job, column }) => [job.name, column]))

describe('the job graph', () => {
  it('puts a job behind the longest way to it', () => {
    expect(columns(job('lint'), job('build'), job('test', 'build'), job('publish', 'test', 'build', 'lint'))).toEqual({
      lint: 0,
      build: 0,
      test: 1,
      publish: 2,
    })
  })

  it('knows the cells of a matrix by the key they share', () => {
    expect(columns(job('test (18)'), job('test (20)'), job('publish', 'test'))).toEqual({
      'test (18)': 0,
      'test (20)': 0,
      publish: 1,
    })
  })

  it('knows a job by its key where its name is another', () => {
    const graph = layOut([{ ...job('check types'), key: 'check' }, job('publish', 'check')])
    expect(graph.edges.map(({ from, to }) => [from.job.name, to.job.name])).toEqual([['check types', 'publish']])
  })

  it('leaves out needs that name nobody, and survives a circle', () => {
    expect(columns(job('a', 'ghost'))).toEqual({ a: 0 })
    expect(layOut([job('a', 'b'), job('b', 'a')]).places).toHaveLength(2)
  })

  it('draws every edge forwards and no two jobs in one place, whatever is needed', () => {
    const names = Array.from({ length: 12 }, (_, i) => `j${i}`)
    fc.assert(
      fc.property(fc.array(fc.subarray(names), { minLength: 12, maxLength: 12 }), (needs) => {
        const graph = layOut(names.map((name, i) => job(name, ...(needs[i] ?? []))))
        expect(new Set(graph.places.map(({ column, row }) => `${column} ${row}`)).size).toBe(12)
        for (const { from, to } of graph.edges) expect(from.column).toBeLessThan(to.column)
      }),
    )
  })
})
