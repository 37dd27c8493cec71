import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inChromium } from './in-chromium.ts'

const focused = (page: Page) => page.evaluate('document.activeElement.innerText') as Promise<string>

inChromium('the keyboard', (scene) => {
  it('goes everywhere', async () => {
    const page = await scene.open('/')
    for (const [key, path] of [
      ['r', '/runs'],
      ['h', '/healing'],
      ['e', '/events'],
      ['n', '/'],
    ] as const) {
      await page.keyboard.press('g')
      await page.keyboard.press(key)
      await page.waitForURL(`**${path}`)
    }
  })

  it('walks rows, opens one, and comes back', async () => {
    const page = await scene.open('/')
    await page.keyboard.press('j')
    expect(await focused(page)).toBe('May the job publish of release #46 run again?')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    expect(await focused(page)).toBe('integration of acme/shop hangs')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/runs/native%2F45')
    await page.locator('main:focus').waitFor()
    await page.goBack()
    await page.waitForURL(/\/$/)
  })

  it('approves by a, Tab and Enter alone', async () => {
    const page = await scene.open('/')
    await page.keyboard.press('a')
    await page.getByRole('dialog').waitFor()
    const confirm = page.getByRole('button', { name: 'Approve, and do it' })
    const reached = confirm.and(page.locator(':focus'))
    for (let at = 0; at < 5 && (await reached.count()) === 0; at++) {
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(scene.gateway.acts).toHaveLength(1)
  })

  it('does nothing of its own while text is typed', async () => {
    const page = await scene.open('/runs/native%2F42')
    const field = page.getByRole('searchbox')
    await field.click()
    await page.keyboard.type('g h ? a j')
    expect(await field.inputValue()).toBe('g h ? a j')
    expect(page.url()).toContain('/runs/native')
    await page.keyboard.press('Escape')
    expect(await page.evaluate('document.activeElement.tagName')).toBe('BODY')
  })

  it('tells its keys, and can be switched off for good', async () => {
    const page = await scene.open('/')
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await page.getByRole('checkbox', { name: 'Single keys are on' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.reload()
    await page.locator('main h1').waitFor()
    await page.keyboard.press('j')
    expect(await page.evaluate('document.activeElement.tagName')).toBe('BODY')
  })
})
