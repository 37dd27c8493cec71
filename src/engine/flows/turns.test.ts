import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

/** A body that runs until it is told to end, and says when it began. */
function held(name: string, began: string[]) {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const body = () => {
    began.push(name)
    return promise
  }
  return { body, end: () => resolve(name), fail: () => reject(new Error(name)) }
}

test('so many run at once, the others in the order they came, also after one that failed', async () => {
  const began: string[] = []
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => held(name, began)) as [Held, Held, Held, Held]
  const turns = createTurns(2)
  const all = [a, b, c, d].map((one) => turns.take(one.body).catch((error: Error) => `${error.message} failed`))
  await expect.poll(() => began).toEqual(['a', 'b'])
  a.fail()
  await expect.poll(() => began).toEqual(['a', 'b', 'c'])
  for (const one of [b, c, d]) one.end()
  expect(await Promise.all(all)).toEqual(['a failed', 'b', 'c', 'd'])
})

test('when they are closed nobody begins any more, and who is at it ends it', async () => {
  const began: string[] = []
  const [first, second] = [held('first', began), held('second', began)]
  const turns = createTurns(1)
  const running = turns.take(first.body)
  void turns.take(second.body)
  await expect.poll(() => began).toEqual(['first'])
  turns.close()
  first.end()
  expect(await running).toBe('first')
  expect(began).toEqual(['first'])
})

type Held = ReturnType<typeof held>
