import { expect, it } from 'vitest'
import { inParallel } from './in-parallel.ts'

it('keeps the order, does everything once, and never more at a time than allowed', async () => {
  let running = 0
  let most = 0
  const items = Array.from({ length: 20 }, (_, index) => index)
  const answers = await inParallel(items, 3, async (item) => {
    running += 1
    most = Math.max(most, running)
    for (let turn = 0; turn < item % 4; turn += 1) await Promise.resolve()
    running -= 1
    return item * 2
  })
  expect(answers).toEqual(items.map((item) => item * 2))
  expect(most).toBe(3)
  expect(await inParallel([], 3, async () => 1)).toEqual([])
})

it('fails as one item fails', async () => {
  const failing = inParallel([1, 2, 3], 2, async (item) => {
    if (item === 2) throw new Error('no')
    return item
  })
  await expect(failing).rejects.toThrow('no')
})
