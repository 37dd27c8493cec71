import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { LiveMessage } from '../../src/contract/live.ts'
import { inChromium } from './in-chromium.ts'
import { minutesAgo, run } from './recorded.ts'

/** Chance that can be repeated. */
function dice(seed: number) {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

const chip = (page: Page) => page.locator('[data-freshness]')
/** What the page says, apart from the passing of time. */
const shown = async (page: Page) =>
  (await page.locator('main').innerText()).replaceAll(/\d+ (s|min|h)\b|just now/g, '…')

inChromium('the live page', (scene) => {
  it('moves with the world without a reload', async () => {
    const page = await scene.open('/')
    scene.gateway.house.now = { ...scene.gateway.house.now, sentence: 'All is well' }
    scene.gateway.tell('healing.finished', 'native/41')
    await page.getByRole('heading', { name: 'All is well' }).waitFor()
  })

  it.each([1, 2, 3])(
    'ends as a fresh load would, though a third of the frames is lost, doubled or late (seed %d)',
    async (seed) => {
      const { gateway } = scene
      const page = await scene.open('/')
      const chance = dice(seed)
      const late: LiveMessage[] = []
      gateway.wire = (send, frame) => {
        const luck = chance()
        if (luck < 0.12) return
        if (luck < 0.24) return void late.push(frame)
        send(frame)
        if (luck < 0.36) send(frame)
        if (chance() < 0.3) for (const old of late.splice(0)) send(old)
      }
      for (let n = 1; n <= 120; n++) {
        const pipelines = gateway.house.now.pipelines.map((line, at) =>
          at === n % 8
            ? {
                ...line,
                latest: run(1000 + n, line.pipeline, {
                  conclusion: n % 3 ? 'success' : 'failure',
                  updatedAt: minutesAgo(1),
                }),
              }
            : line,
        )
        gateway.house.now = { ...gateway.house.now, sentence: `${n} runs were seen`, pipelines }
        gateway.tell('run.reported', `native/${n}`)
        if (n % 40 === 0) await page.waitForTimeout(30)
      }
      gateway.wire = (send, frame) => send(frame)
      gateway.heartbeat()
      await page.getByRole('heading', { name: '120 runs were seen' }).waitFor()
      // And now only the last word is lost: nothing tells of it but the number of the next heartbeat.
      gateway.wire = () => undefined
      gateway.house.now = { ...gateway.house.now, sentence: 'The last word' }
      gateway.tell('run.reported', 'native/121')
      gateway.wire = (send, frame) => send(frame)
      gateway.heartbeat()
      await page.getByRole('heading', { name: 'The last word' }).waitFor()
      const fresh = await scene.open('/')
      await expect.poll(() => shown(page)).toBe(await shown(fresh))
    },
  )

  it('coalesces a flood to at most four readings a second', async () => {
    const { gateway } = scene
    await scene.open('/')
    const before = gateway.reads.filter((path) => path === '/v1/now').length
    const began = performance.now()
    while (performance.now() - began < 1000) {
      for (let n = 0; n < 10; n++) gateway.tell('run.reported', 'native/42')
      await new Promise((soon) => setTimeout(soon, 20))
    }
    const seconds = (performance.now() - began) / 1000
    expect(gateway.reads.filter((path) => path === '/v1/now').length - before).toBeLessThanOrEqual(
      Math.ceil(4 * seconds) + 1,
    )
  })

  it('says that it reconnects and since when its data is, reads on its own meanwhile, and catches up', async () => {
    const { gateway } = scene
    const page = await scene.open('/')
    gateway.cut()
    await page.getByText(/Reconnecting, data from \d\d:\d\d:\d\d/).waitFor()
    gateway.house.now = { ...gateway.house.now, sentence: 'Meanwhile all was mended' }
    gateway.mend()
    await page.getByRole('heading', { name: 'Meanwhile all was mended' }).waitFor()
    await expect.poll(() => chip(page).innerText()).toBe('Live')
  })

  it('does not trust a socket that has gone silent', async () => {
    const page = await scene.open('/', { ownClock: true, early: true })
    await page.locator('[data-freshness="live"]').waitFor()
    const sockets = scene.gateway.sockets()
    await page.evaluate('window.WebSocket = class { close() {} send() {} }')
    await page.clock.fastForward(29_000)
    expect(await chip(page).innerText()).toBe('Live')
    await page.clock.runFor(4_000)
    await expect.poll(() => chip(page).innerText()).toMatch(/^Reconnecting, data from/)
    expect(sockets).toBe(1)
  })

  it('reads everything every ten seconds while there is no socket', async () => {
    const { gateway } = scene
    const page = await scene.open('/', { ownClock: true, early: true })
    await page.locator('[data-freshness="live"]').waitFor()
    gateway.cut()
    await chip(page).getByText('Reconnecting').waitFor()
    gateway.house.now = { ...gateway.house.now, sentence: 'Seen by asking' }
    await page.clock.runFor(12_000)
    await page.getByRole('heading', { name: 'Seen by asking' }).waitFor()
  })

  it('keeps the rows under the pointer in place, and offers what is new', async () => {
    const { gateway } = scene
    const page = await scene.open('/events')
    await page.getByRole('button', { name: 'push.received' }).hover()
    const [newest] = gateway.house.events
    if (!newest) throw new Error('the recorded day has no event')
    gateway.house.events = [
      { ...newest, id: 'event-new', position: 500, type: 'incident.opened' },
      ...gateway.house.events,
    ]
    gateway.tell('incident.opened', 'incident-2')
    const offer = page.getByRole('button', { name: '1 new event, show' })
    await offer.waitFor()
    expect(await page.getByRole('button', { name: 'incident.opened' }).count()).toBe(0)
    await offer.click()
    await page.getByRole('button', { name: 'incident.opened' }).waitFor()
  })

  it('opens an event to its data and to all that follows from the same first cause', async () => {
    const page = await scene.open('/events')
    await page.getByRole('button', { name: 'permit.granted' }).click()
    await page.getByRole('region', { name: 'Data of permit.granted' }).waitFor()
    const chain = page.locator('ol li')
    await expect.poll(() => chain.count()).toBe(12)
    expect(await chain.first().innerText()).toContain('push.received')
    expect(await page.locator('ol li[aria-current]').innerText()).toContain('permit.granted')
  })
})
