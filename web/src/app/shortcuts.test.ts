import { describe, expect, it } from 'vitest'
import { interpret, type Pressed } from './shortcuts.ts'

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  modified: false,
  typing: false,
  inDialog: false,
  ...more,
})

describe('single keys', () => {
  it.each([
    ['n', '/'],
    ['r', '/runs'],
    ['f', '/failures'],
    ['h', '/healing'],
    ['m', '/models'],
    ['e', '/events'],
  ])('go: g then %s', (key, go) => {
    const first = interpret(press('g'), false, true)
    expect(first).toEqual({ command: null, afterG: true })
    expect(interpret(press(key), first.afterG, true)).toEqual({ command: { go }, afterG: false })
  })

  it('a wrong second key does nothing, not even its own work', () => {
    expect(interpret(press('a'), true, true)).toEqual({ command: null, afterG: false })
  })

  it('move, approve and help', () => {
    expect(interpret(press('j'), false, true).command).toEqual({ move: 1 })
    expect(interpret(press('k'), false, true).command).toEqual({ move: -1 })
    expect(interpret(press('a'), false, true).command).toEqual({ do: 'approve' })
    expect(interpret(press('?'), false, true).command).toEqual({ do: 'help' })
  })

  it.each(['g', 'j', 'a', '?'])('%s is only a letter while typing, in a dialog, with Ctrl, or switched off', (key) => {
    const none = { command: null, afterG: false }
    expect(interpret(press(key, { typing: true }), false, true)).toEqual(none)
    expect(interpret(press(key, { inDialog: true }), false, true)).toEqual(none)
    expect(interpret(press(key, { modified: true }), false, true)).toEqual(none)
    expect(interpret(press(key), false, false)).toEqual(none)
  })

  it('Escape leaves a field even when single keys are off', () => {
    expect(interpret(press('Escape', { typing: true }), false, false).command).toEqual({ do: 'leave' })
  })
})
