import { expect, test } from 'vitest'
import { withoutSecrets } from './stall.ts'

test('what a hanging job shows of itself names no secret, neither in its last line nor in its commands', () => {
  const token = `ghp_${'x1Y2z3W4'.repeat(5).slice(0, 36)}`
  const stall = {
    silentMs: 600_000,
    cpuMs: 3,
    lastLine: `cloning with ${token}`,
    processes: [
      { pid: 7, command: `curl -H "Authorization: Bearer ${token}" https://shop.example`, state: 'sleeping' },
    ],
  }
  const shown = withoutSecrets(stall)
  expect(JSON.stringify(shown)).not.toContain(token)
  expect(shown).toMatchObject({ silentMs: 600_000, processes: [{ pid: 7, state: 'sleeping' }] })
  expect(shown.processes[0]?.command).toContain('curl -H')
})
