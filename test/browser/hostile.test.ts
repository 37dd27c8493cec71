import { expect, it } from 'vitest'
import { inChromium } from './in-chromium.ts'
import { healing, run } from './recorded.ts'
import { labelled } from './recorded-learning.ts'

const html = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>'
const evil = `${html}\u001b[2J\u202Egnp.exe\u0000${'W'.repeat(10_000)}`

inChromium('hostile text', (scene) => {
  it('is shown harmless on every screen, and breaks none', async () => {
    const { house } = scene.gateway
    const struck = run(42, evil, { title: evil, actor: evil, branch: evil, url: 'javascript:window.owned=1' })
    const bad = healing(struck, 'build', { sentence: evil, job: evil })
    if (bad.diagnosis) {
      Object.assign(bad.diagnosis, { sentence: evil, evidence: [evil], location: { file: evil, line: 1 } })
      bad.diagnosis.excerpts = [{ start: 1, end: 2, score: 1, why: evil, text: [evil, html] }]
    }
    const [view] = house.runs
    if (!view) throw new Error('the recorded day has no run')
    view.jobs = view.jobs.map((job) => ({
      ...job,
      name: evil,
      steps: job.steps.map((step) => ({ ...step, name: evil })),
    }))
    house.runs = [{ ...view, run: struck, healings: [bad] }]
    house.healings = [bad]
    house.now = {
      ...house.now,
      needsYou: [{ kind: 'failure', since: struck.updatedAt, sentence: evil, healing: bad }],
      mending: [{ ...bad, state: 'sensing', outcome: null }],
      pipelines: house.now.pipelines.map((line) => ({ ...line, repository: `${evil}${line.pipeline}`, branch: evil })),
    }
    house.events = house.events.map((event) => ({ ...event, subject: evil, data: { sentence: evil, [evil]: evil } }))
    const [family] = house.families
    if (!family) throw new Error('the recorded day has no family')
    const label = labelled(family, { category: 'code.test', note: evil })
    const { excerpts, evidence } = bad.diagnosis ?? { excerpts: [], evidence: [] }
    const sample = {
      healing: bad.id,
      run: struck.id,
      job: bad.jobId,
      confidence: 1,
      abstained: false,
      excerpts,
      evidence,
    }
    Object.assign(family, { sentence: evil, repositories: [evil], branches: [evil, evil], sample, label })
    bad.label = label
    for (const each of house.logs.values()) each.lines.fill(evil, 0, 900)

    for (const path of [
      '/',
      '/runs',
      '/runs/native%2F42',
      '/failures',
      `/failures/${family.id}`,
      '/healing',
      `/healing/${bad.id}`,
      '/events',
    ]) {
      const page = await scene.open(path, { width: 320 })
      await page.getByText('<img src=x').first().waitFor()
      if (path === '/events') await page.getByRole('button', { name: /healing\.finished/ }).click()
      const text = await page.locator('body').innerText()
      expect(text, path).not.toMatch(/[\u0000\u001b\u202E]/)
      expect(await page.evaluate('window.owned'), path).toBeUndefined()
      expect(await page.locator('main img, main script, a[href^="javascript"]').count(), path).toBe(0)
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(320)
      await page.context().close()
    }
  })
})
