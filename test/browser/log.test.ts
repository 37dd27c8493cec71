import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inChromium } from './in-chromium.ts'
import { log } from './recorded.ts'

const build = '/runs/native%2F42'
const buildJob = 'native/42-build'
const row = (page: Page, line: number) => page.locator(`[role="log"] [data-line="${line}"]`)
const rows = (page: Page) => page.locator('[role="log"] [data-line]')
const inSight = async (page: Page, line: number) => {
  await row(page, line).waitFor()
  const [outer, inner] = [await page.getByRole('log').boundingBox(), await row(page, line).boundingBox()]
  return (
    outer !== null && inner !== null && inner.y >= outer.y - 1 && inner.y + inner.height <= outer.y + outer.height + 1
  )
}

inChromium('the log', (scene) => {
  it('opens on the failing line, with a few lines above it', async () => {
    const page = await scene.open(build)
    await expect.poll(() => inSight(page, 812)).toBe(true)
    expect(await row(page, 812).getAttribute('data-state')).toBe('failing')
    expect(await row(page, 812).innerText()).toContain('error TS2345')
    expect(await inSight(page, 804)).toBe(true)
  })

  it('opens on the line that the address names, and a click on a number makes such an address', async () => {
    const page = await scene.open(`${build}#L1500-L1502`)
    await expect.poll(() => inSight(page, 1501)).toBe(true)
    expect(await row(page, 1501).getAttribute('data-state')).toBe('pointed')
    await row(page, 1505)
      .getByRole('link')
      .click({ modifiers: ['Shift'] })
    await page.waitForURL('**#L1500-L1505')
    await row(page, 1498).getByRole('link').click()
    await page.waitForURL('**#L1498')
  })

  it('goes from a line of the failure card to its place', async () => {
    const page = await scene.open(`${build}#L1`)
    await expect.poll(() => inSight(page, 1)).toBe(true)
    await page
      .getByRole('region', { name: /^Log lines 812 to 814/ })
      .getByRole('link', { name: '814' })
      .click()
    await expect.poll(() => inSight(page, 814)).toBe(true)
    expect(page.url()).toMatch(/#L814$/)
  })

  it('reaches both ends of a million lines with few rows in the page and few ranges fetched', async () => {
    scene.gateway.house.logs.set(buildJob, log(1_000_000))
    const page = await scene.open(build)
    const find = page.getByRole('searchbox')
    for (const line of [1_000_000, 1, 654_321]) {
      await find.fill(`${line}`)
      await find.press('Enter')
      await expect.poll(() => inSight(page, line)).toBe(true)
      await expect
        .poll(() => row(page, line).innerText())
        .toMatch(line === 1_000_000 ? /exit code 2/ : new RegExp(`line ${line} of`))
      expect(await rows(page).count()).toBeLessThanOrEqual(200)
    }
    await page.getByRole('log').focus()
    await page.keyboard.press('End')
    await expect.poll(() => inSight(page, 1_000_000)).toBe(true)
    expect(scene.gateway.reads.filter((path) => path.includes('/log?')).length).toBeLessThan(30)
  })

  it('folds a group and opens it again', async () => {
    const page = await scene.open(`${build}#L1`)
    const group = page.getByRole('button', { name: 'Run npm ci' })
    await group.click()
    await row(page, 6).waitFor({ state: 'detached' })
    await row(page, 41).waitFor()
    expect(await group.getAttribute('aria-expanded')).toBe('false')
    await group.click()
    await row(page, 6).waitFor()
  })

  it('finds words wherever they are, the next by Enter, and says when there are none', async () => {
    const page = await scene.open(`${build}#L1`)
    const find = page.getByRole('searchbox')
    await find.fill('LINE 2345 OF')
    await find.press('Enter')
    await expect.poll(() => inSight(page, 2345)).toBe(true)
    await find.fill('ts2345')
    await find.press('Enter')
    await expect.poll(() => inSight(page, 812)).toBe(true)
    await find.fill('no such words')
    await find.press('Enter')
    await page.getByText('“no such words” is not in the log').waitFor()
  })

  it('wraps without losing the place, and shows the times of lines', async () => {
    const { lines } = log(2400)
    lines[811] = `error ${'very long '.repeat(200)}`
    scene.gateway.house.logs.set(buildJob, { lines, failing: { start: 812, end: 812 } })
    const page = await scene.open(build)
    await page.getByRole('button', { name: 'Wrap' }).click()
    await expect.poll(() => inSight(page, 812)).toBe(true)
    expect((await row(page, 812).boundingBox())?.height).toBeGreaterThan(60)
    expect(await page.getByRole('log').evaluate((log) => log.scrollWidth <= log.clientWidth + 1)).toBe(true)
    await page.getByRole('button', { name: 'Times' }).click()
    await expect.poll(() => row(page, 811).innerText()).toMatch(/\d\d:\d\d:\d\d/)
  })

  it('grows while the job writes', async () => {
    scene.gateway.house.logs.set(buildJob, { lines: ['first line'], failing: null })
    const page = await scene.open(build)
    await row(page, 1).waitFor()
    scene.gateway.house.logs.set(buildJob, { lines: ['first line', 'second line'], failing: null })
    scene.gateway.tell('job.reported', 'native/42')
    await expect.poll(() => row(page, 2).innerText()).toContain('second line')
  })
})
