import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { FamilyView, ModelList } from '../../src/contract/learning.ts'
import { EventList, HealingView, NowView, RunView } from '../../src/contract/views.ts'
import { complaints } from './accessible.ts'
import { inChromium } from './in-chromium.ts'
import { aDay } from './recorded.ts'

describe('the recorded day', () => {
  it('is of the contract’s shape', () => {
    const { now, runs, healings, events, families, models } = aDay()
    for (const family of families) FamilyView.parse(family)
    ModelList.parse(models)
    NowView.parse(now)
    for (const run of runs) RunView.parse(run)
    for (const healing of healings) HealingView.parse(healing)
    EventList.parse({ events, next: null })
  })
})

const screens = [
  ['/', '3 things need you; 2 failures are being mended; 5 of 8 pipelines are healthy'],
  ['/runs', '2 of the last 6 runs are red'],
  ['/runs?repository=acme%2Fshop&pipeline=build', '1 of the last 2 runs of acme/shop build is red'],
  ['/runs/native%2F42', 'src/price.ts:41 passes a string where a number is wanted'],
  ['/runs/native/46', 'The registry reset the connection while the package was sent'],
  ['/failures', '3 families of failures: 1 spreads, 1 new, 1 recurring'],
  ['/failures/tsc-ts2345', 'src/price.ts:41 passes a string where a number is wanted'],
  ['/models', 'A model trained here diagnoses; 4 new labels to learn from'],
  ['/healing', 'Every decision, with its permit and its proof'],
  ['/healing/heal-41', 'Reran job test of acme/shop: green at the same commit'],
  ['/events', 'What happened'],
  ['/nowhere', 'There is no such page'],
] as const

/** A page has several parts that read, each in its own time. */
async function allRead(page: Page): Promise<void> {
  await expect.poll(() => page.getByText('Reading…').count(), { timeout: 10_000 }).toBe(0)
}

inChromium('every screen', (scene) => {
  it.each(screens)('%s answers its question in its heading and fits every window', async (path, heading) => {
    const page = await scene.open(path)
    expect(await page.locator('h1').innerText()).toBe(heading)
    expect(await page.title()).toMatch(/^\(3\) .*Mendline$/)
    await allRead(page)
    expect(await complaints(page)).toEqual([])
    expect(await page.evaluate(tooSmall)).toEqual([])
    for (const width of [1440, 320]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    }
  })

  it.each(screens)('%s is accessible in the dark theme too', async (path) => {
    const page = await scene.open(path, { scheme: 'dark' })
    await allRead(page)
    expect(await complaints(page)).toEqual([])
  })

  it('follows the system’s theme until told otherwise, and remembers what it was told', async () => {
    const page = await scene.open('/', { scheme: 'dark' })
    const theme = () => page.locator('html').getAttribute('data-theme')
    expect(await theme()).toBe('dark')
    await page.getByRole('button', { name: 'Theme: system' }).click()
    expect(await theme()).toBe('light')
    await page.reload()
    await page.locator('main h1').waitFor()
    expect(await theme()).toBe('light')
  })

  it('tells a browser that nobody knows where the sign-in link is, and lets it in when it has signed in', async () => {
    scene.gateway.signedIn = false
    const page = await scene.open('/healing', { early: true })
    await page.getByRole('heading', { name: 'Open the link that the terminal printed' }).waitFor()
    expect(await page.locator('main').innerText()).toContain('npm run up')
    scene.gateway.signedIn = true
    await page.getByRole('heading', { name: 'Every decision' }).waitFor()
  })

  it('asks to sign in again when the session ends under way', async () => {
    const page = await scene.open('/events')
    scene.gateway.signedIn = false
    scene.gateway.tell('run.failed', 'native/42')
    await page.getByRole('heading', { name: 'Open the link that the terminal printed' }).waitFor()
  })

  it('says what will appear in an empty installation, and the command that makes it appear', async () => {
    const { house } = scene.gateway
    house.now = { sentence: 'Nothing has run yet', stopped: false, needsYou: [], mending: [], pipelines: [] }
    Object.assign(house, { runs: [], healings: [], events: [], families: [], autonomy: { rows: [] } })
    for (const path of ['/', '/runs', '/failures', '/healing', '/events']) {
      const page = await scene.open(path)
      await page.locator('main code', { hasText: 'npm run up' }).waitFor()
      await page.context().close()
    }
  })

  it('says what is wrong when a run is not known, with the request’s number', async () => {
    const page = await scene.open('/runs/native%2F999', { early: true })
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').innerText()).toMatch(/no run native\/999 is known \(request r-1\)/)
  })

  it('shows the state of the whole in the tab’s icon', async () => {
    const page = await scene.open('/')
    const icon = () => page.locator('link[rel="icon"]').getAttribute('href')
    const failing = await icon()
    scene.gateway.house.now = { ...scene.gateway.house.now, needsYou: [], mending: [] }
    scene.gateway.tell('healing.finished', 'native/41')
    await expect.poll(icon).not.toBe(failing)
    expect(await page.title()).toBe('Mendline')
  })
})

/** Buttons and fields below the 24 pixels of WCAG 2.2. */
const tooSmall = `[...document.querySelectorAll('button, select, input')]
  .map((element) => [element.getBoundingClientRect(), element.outerHTML])
  .filter(([box]) => box.width > 0 && (box.width < 24 || box.height < 24))
  .map(([, html]) => html)`
