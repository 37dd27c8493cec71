import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest'
import { hasChromium, launch } from './chromium.ts'
import { builtDashboard } from './dashboard.ts'
import { serve, type TestGateway } from './gateway.ts'
import { aDay } from './recorded.ts'

/** What a test has at hand: a fresh gateway with a recorded day, and pages of a real Chromium to look at it. */
export interface Scene {
  gateway: TestGateway
  open: (path: string, how?: How) => Promise<Page>
}

interface How {
  readonly scheme?: 'light' | 'dark'
  readonly width?: number
  /** The page's clock stands in the test's hand. */
  readonly ownClock?: boolean
  /** Do not wait until the page is live. */
  readonly early?: boolean
}

/** Describes what is seen in Chromium. Any script error, and anything the content policy refuses, fails the test. */
export function inChromium(name: string, tests: (scene: Scene) => void) {
  describe.skipIf(!hasChromium())(name, () => {
    let browser: Browser
    let folder: string
    const complaints: string[] = []
    const scene = {} as Scene

    beforeAll(async () => {
      folder = await builtDashboard()
      browser = await launch()
    })
    afterAll(() => browser?.close())

    beforeEach(async () => {
      complaints.length = 0
      scene.gateway = await serve(folder, aDay())
      scene.open = async (path, { scheme = 'light', width = 1440, ownClock = false, early = false } = {}) => {
        const context = await browser.newContext({
          viewport: { width, height: 900 },
          colorScheme: scheme,
          reducedMotion: 'reduce',
        })
        const page = await context.newPage()
        if (ownClock) await page.clock.install()
        page.on('pageerror', (error) => complaints.push(error.message))
        page.on('console', (message) => {
          if (/content security policy|uncaught|react/i.test(message.text())) complaints.push(message.text())
        })
        await page.goto(scene.gateway.url + path)
        if (!early) {
          await page.locator('main h1').waitFor()
          await page.locator('[data-freshness="live"]').waitFor()
        }
        return page
      }
    })
    afterEach(async () => {
      for (const context of browser.contexts()) await context.close()
      await scene.gateway.close()
      expect(complaints).toEqual([])
    })

    tests(scene)
  })
}
