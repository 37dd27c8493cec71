import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { builtDashboard } from './dashboard.ts'
import { firstLoad, firstLoadLimitBytes } from './first-load.ts'

describe('the first load of the dashboard', () => {
  it('is at most 200 KB of JavaScript as gzip sends it, all of it', async () => {
    const folder = await builtDashboard()
    const first = firstLoad(folder)
    expect(first.length).toBeGreaterThan(1)
    const total = first.reduce((sum, { bytes }) => sum + bytes, 0)
    process.stdout.write(
      `\nfirst load: ${(total / 1024).toFixed(1)} KB gzip of JavaScript in ${first.length} files (limit 200)\n`,
    )
    expect(total).toBeLessThanOrEqual(firstLoadLimitBytes)
  })

  it('has every page but Now in a file of its own', async () => {
    const folder = await builtDashboard()
    const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<
      string,
      { isDynamicEntry?: boolean }
    >
    for (const page of [
      'run/runs-page',
      'run/run-page',
      'failures/failures-page',
      'failures/family-page',
      'models/models-page',
      'healing/healing-page',
      'healing/case-page',
      'events/events-page',
    ]) {
      expect(manifest[`src/${page}.tsx`]?.isDynamicEntry, page).toBe(true)
    }
  })
})
