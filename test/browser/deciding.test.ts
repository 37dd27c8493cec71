import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inChromium } from './in-chromium.ts'

const dialog = (page: Page) => page.getByRole('dialog')

inChromium('deciding', (scene) => {
  it('tells exactly what an approval does, then sends it once however hard it is pressed', async () => {
    const page = await scene.open('/')
    await page.getByRole('button', { name: 'Approve: Rerun failed jobs: publish' }).click()
    const told = await dialog(page).innerText()
    for (const words of [
      'Rerun failed jobs (rerun-failed)',
      'after waiting 30 s',
      'acme/shop',
      'native/46, attempt 1',
      'publish',
      '2e'.repeat(20),
    ]) {
      expect(told).toContain(words)
    }
    await page.getByRole('button', { name: 'Approve, and do it' }).dblclick({ delay: 5 })
    await dialog(page).waitFor({ state: 'detached' })
    await page.getByText('May the job publish').waitFor({ state: 'detached' })
    expect(scene.gateway.acts).toEqual([{ method: 'POST', path: '/v1/permits/permit-46/approve', body: {} }])
  })

  it('approves nothing when the dialog is left, and gives the focus back', async () => {
    const page = await scene.open('/')
    const button = page.getByRole('button', { name: /^Approve: / })
    await button.focus()
    await page.keyboard.press('Enter')
    await dialog(page).waitFor()
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'detached' })
    await button.and(page.locator(':focus')).waitFor()
    expect(scene.gateway.acts).toEqual([])
  })

  it('refuses with a reason, and not without', async () => {
    const page = await scene.open('/')
    await page.getByRole('button', { name: /^Refuse: / }).click()
    await dialog(page).getByRole('button', { name: 'Refuse' }).click()
    expect(scene.gateway.acts).toEqual([])
    await dialog(page).getByRole('textbox').fill('the registry is being moved')
    await dialog(page).getByRole('button', { name: 'Refuse' }).click()
    await dialog(page).waitFor({ state: 'detached' })
    expect(scene.gateway.acts).toEqual([
      { method: 'POST', path: '/v1/permits/permit-46/refuse', body: { why: 'the registry is being moved' } },
    ])
  })

  it('says that a permit is void when the run moved on meanwhile', async () => {
    const page = await scene.open('/')
    await page.getByRole('button', { name: /^Approve: / }).click()
    await dialog(page).waitFor()
    scene.gateway.house.now = { ...scene.gateway.house.now, needsYou: [] }
    await page.getByRole('button', { name: 'Approve, and do it' }).click()
    await dialog(page).getByRole('alert').waitFor()
    expect(await dialog(page).getByRole('alert').innerText()).toContain('this permit is void')
  })

  it('stops everything with a reason that every page shows, and releases it', async () => {
    const page = await scene.open('/')
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await dialog(page).getByRole('textbox').fill('release weekend')
    await dialog(page).getByRole('button', { name: 'Stop' }).click()
    for (const name of ['Runs', 'Healing', 'Events', 'Now']) {
      await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click()
      await page.getByText('Reason: release weekend.').waitFor()
    }
    await page.getByRole('button', { name: 'Release' }).click()
    await dialog(page).getByRole('button', { name: 'Release' }).click()
    await page.getByText('Reason: release weekend.').waitFor({ state: 'detached' })
    expect(scene.gateway.acts.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['POST', '/v1/stop', { why: 'release weekend' }],
      ['POST', '/v1/resume', {}],
    ])
  })

  it('sends work that was stuck again', async () => {
    const page = await scene.open('/healing')
    await page.getByText('the log could not be read: 502').waitFor()
    await page.getByRole('button', { name: 'Send again: heal flow-7' }).click()
    await dialog(page).getByRole('button', { name: 'Send again' }).click()
    await page.getByText('the log could not be read: 502').waitFor({ state: 'detached' })
    expect(scene.gateway.acts).toEqual([{ method: 'POST', path: '/v1/flows/flow-7/again', body: {} }])
  })

  it('does not offer to change what the repository’s own file says', async () => {
    const page = await scene.open('/healing')
    const row = page.getByRole('row', { name: /Stop the hang Suggest/ })
    await row.getByText('.mendline.yml in the repository; change it there').waitFor()
    expect(await row.locator('select').count()).toBe(0)
  })

  it('changes how freely a remedy acts only after saying what that means', async () => {
    const page = await scene.open('/healing')
    const mode = page.locator('select[aria-label="Mode of “Give more memory” in acme/shop"]')
    await mode.selectOption('auto')
    expect(await dialog(page).innerText()).toContain('Mendline acts by itself')
    expect(await mode.inputValue()).toBe('ask')
    await dialog(page).getByRole('button', { name: 'Set to Auto' }).click()
    await expect.poll(() => mode.inputValue()).toBe('auto')
    expect(scene.gateway.acts).toEqual([
      { method: 'PUT', path: '/v1/autonomy', body: { repository: 'acme/shop', remedy: 'more-memory', mode: 'auto' } },
    ])
  })
})
