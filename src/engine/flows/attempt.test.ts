import { describe, expect, test } from 'vitest'
import { Terminal, Unavailable } from '../../base/errors.ts'
import { attempt } from './attempt.ts'

const failing = (times: number, error: () => Error) => {
  let left = times
  return async () => {
    if (left-- > 0) throw error()
    return 'there'
  }
}

describe('one round of a step', () => {
  test('tries again within seconds while something is unavailable', async () => {
    const body = failing(3, () => new Unavailable('not yet'))
    expect(await attempt(body, { pauseMs: 1 }, 0)).toEqual({ kind: 'done', value: 'there' })
  })

  test('tries again when its transaction crossed others once too often', async () => {
    const deadlock = () => Object.assign(new Error('deadlock detected'), { code: '40P01' })
    expect(await attempt(failing(1, deadlock), { pauseMs: 1 }, 0)).toEqual({ kind: 'done', value: 'there' })
  })

  test('goes on asking for a database that is away: it is back within a minute, and a woken flow would come later', async () => {
    const refused = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    expect(await attempt(failing(8, refused), { pauseMs: 1 }, 0)).toEqual({ kind: 'done', value: 'there' })
  })

  test('does not mistake a vendor that is away for the database', async () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    const body = failing(8, () => new Unavailable('away', { cause }))
    expect(await attempt(body, { pauseMs: 1 }, 0)).toEqual({ kind: 'later', afterMs: 60_000 })
  })

  test('asks to be woken when the vendor wants to be asked again', async () => {
    const body = failing(9, () => new Unavailable('limit reached', { retryAfterMs: 61_000 }))
    expect(await attempt(body, { pauseMs: 1 }, 0)).toEqual({ kind: 'later', afterMs: 61_000 })
  })

  test('waits longer from round to round, and gives up at last', async () => {
    const away = failing(1_000, () => new Unavailable('away'))
    expect(await attempt(away, { pauseMs: 1 }, 0)).toEqual({ kind: 'later', afterMs: 60_000 })
    expect(await attempt(away, { pauseMs: 1 }, 3)).toEqual({ kind: 'later', afterMs: 480_000 })
    await expect(attempt(away, { pauseMs: 1 }, 9)).rejects.toThrow('away')
  })

  test('ends at once by an error that trying again cannot help', async () => {
    await expect(
      attempt(
        failing(1, () => new Terminal('gone')),
        { pauseMs: 1 },
        0,
      ),
    ).rejects.toThrow('gone')
  })
})
