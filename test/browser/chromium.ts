import { accessSync, constants } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const program = process.env.CHROMIUM ?? '/usr/bin/chromium'

/**
 * Is there a Chromium to test in? Where there is none a person may go without, loudly; the CI may not: there the tests
 * run and fail.
 */
export function hasChromium(): boolean {
  if (process.env.CI) return true
  try {
    accessSync(program, constants.X_OK)
    return true
  } catch {
    process.stderr.write(
      `\nno browser tests: ${program} is missing. Install it (apt-get install chromium) or set CHROMIUM.\n`,
    )
    return false
  }
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: program,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
