import { expect, test } from 'vitest'
import { expandMatrix } from './matrix.ts'

test('the product of the vectors, in order', () => {
  expect(expandMatrix({ os: ['a', 'b'], v: [1, 2] })).toEqual([
    { os: 'a', v: 1 },
    { os: 'a', v: 2 },
    { os: 'b', v: 1 },
    { os: 'b', v: 2 },
  ])
})

test('exclude removes what matches all its keys', () => {
  expect(expandMatrix({ os: ['a', 'b'], v: [1, 2], exclude: [{ os: 'a', v: 1 }, { os: 'b' }] })).toEqual([
    { os: 'a', v: 2 },
  ])
})

test("include merges into originals it does not contradict, and adds what fits none (GitHub's own example)", () => {
  const matrix = {
    fruit: ['apple', 'pear'],
    animal: ['cat', 'dog'],
    include: [
      { color: 'green' },
      { color: 'pink', animal: 'cat' },
      { fruit: 'apple', shape: 'circle' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ],
  }
  expect(expandMatrix(matrix)).toEqual([
    { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
    { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
    { fruit: 'pear', animal: 'cat', color: 'pink' },
    { fruit: 'pear', animal: 'dog', color: 'green' },
    { fruit: 'banana' },
    { fruit: 'banana', animal: 'cat' },
  ])
})

test('a matrix of only include is a plain list', () => {
  expect(expandMatrix({ include: [{ a: 1 }, { a: 2 }] })).toEqual([{ a: 1 }, { a: 2 }])
})

test.each([
  [{ a: Array.from({ length: 257 }, (_, index) => index) }, /makes 257 jobs/],
  [{ a: Array(1000).fill(1), b: Array(1000).fill(1) }, /far larger/],
  [{ a: [] }, /does not contain any values/],
  [{ a: [1], exclude: [{ a: 1 }] }, /makes no job/],
  [{ a: 'x' }, /must be a list/],
  ['x', /must be a mapping/],
  [{ include: ['x'] }, /must be a mapping/],
])('%j is refused', (matrix, message) => {
  expect(() => expandMatrix(matrix)).toThrow(message)
})
