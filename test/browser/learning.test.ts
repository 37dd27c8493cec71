import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { complaints } from './accessible.ts'
import { inChromium } from './in-chromium.ts'

const dialog = (page: Page) => page.getByRole('dialog')

inChromium('learning from people', (scene) => {
  it('tells a failure in one sentence, and why on a click', async () => {
    const page = await scene.open('/runs/native%2F42')
    await page
      .getByText(
        'The code does not compile, in src/price.ts, line 41: the author’s to mend; 97 % sure, else a test fails (2 %); seen once before.',
      )
      .waitFor()
    const reason = page.getByText('The line has the form of a TypeScript error (TS2345).')
    expect(await reason.isVisible()).toBe(false)
    await page.getByText('Why Mendline thinks so').click()
    await reason.waitFor()
    expect(await complaints(page)).toEqual([])
    await page.getByRole('link', { name: 'All failures like this' }).click()
    await page.getByText('Nobody has labelled it yet.').waitFor()
  })

  it('takes a correction at the failure, by keyboard alone, and shows it everywhere', async () => {
    const page = await scene.open('/runs/native%2F42')
    await page.getByRole('button', { name: 'Correct this label' }).focus()
    await page.keyboard.press('Enter')
    await dialog(page).getByRole('combobox').selectOption('dep.conflict')
    await dialog(page).getByRole('textbox').fill('two versions of the types')
    expect(await complaints(page)).toEqual([])
    await dialog(page).getByRole('button', { name: 'Label it' }).press('Enter')
    await dialog(page).waitFor({ state: 'detached' })
    expect(scene.gateway.acts).toEqual([
      {
        method: 'POST',
        path: '/v1/healings/heal-42/label',
        body: { category: 'dep.conflict', note: 'two versions of the types' },
      },
    ])
    await page.getByText('administrator called failures like this').waitFor()
    await page.getByRole('link', { name: 'Failures', exact: true }).click()
    const row = page.getByRole('row', { name: /passes a string/ })
    await row.getByText('labelled by administrator').waitFor()
    expect(await row.innerText()).toContain('dep.conflict')
  })

  it('takes a correction of a whole family, without a reason too', async () => {
    const page = await scene.open('/failures/flaky-basket')
    await page.getByRole('button', { name: 'Correct this label' }).click()
    await dialog(page).getByRole('combobox').selectOption('test.order')
    await dialog(page).getByRole('button', { name: 'Label it' }).click()
    await page.getByText('Mendline had said test.async').waitFor()
    expect(scene.gateway.acts).toEqual([
      { method: 'POST', path: '/v1/families/flaky-basket/label', body: { category: 'test.order' } },
    ])
  })

  it('shows only the families that spread when asked for them, and a label that another page gave', async () => {
    const page = await scene.open('/failures')
    await page.getByRole('button', { name: 'Spreading' }).click()
    await page.getByRole('heading', { name: '1 family of failures: spreading' }).waitFor()
    const [family] = scene.gateway.house.families
    if (family) Object.assign(family, { category: 'ext.service_5xx' })
    scene.gateway.tell('failure.labelled', 'native/42')
    await page.getByText('ext.service_5xx').waitFor()
  })

  it('goes back to an earlier model after saying what that means', async () => {
    const page = await scene.open('/models')
    await page.getByRole('button', { name: 'Use shipped-causes' }).click()
    expect(await dialog(page).innerText()).toContain('It reached accuracy 0.79 (0.75 to 0.82)')
    await dialog(page).getByRole('button', { name: 'Use this version' }).click()
    await page.getByRole('heading', { name: 'The models that came with Mendline diagnose' }).waitFor()
    expect(scene.gateway.acts).toEqual([{ method: 'POST', path: '/v1/models/shipped-causes/use', body: {} }])
    expect(await page.getByRole('row', { name: /shipped-causes/ }).innerText()).toContain('In use')
  })
})
