import { afterAll, beforeAll, expect, test } from 'vitest'
import { type KillWorld, openKillWorld } from './kills.ts'

let world: KillWorld
beforeAll(async () => {
  world = await openKillWorld()
})
afterAll(async () => await world.close())

test('every failed run is handled exactly once, wherever in its flow the postgres is killed', async () => {
  const { deaths } = await world.playAll('postgres')
  expect(deaths).toBeGreaterThan(35)
}, 900_000)
