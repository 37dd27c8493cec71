import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** The rooms of the dashboard, lowest first. A file imports its own room and lower ones; screens never each other. */
const floors = [
  ['theme'],
  ['api'],
  ['kit'],
  ['now', 'run', 'failures', 'healing', 'models', 'events'],
  ['app'],
  ['main.tsx'],
]
const here = new URL('.', import.meta.url)
const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
const floorOf = (room: string) => floors.findIndex((rooms) => rooms.includes(room))

/** Every file and what it imports, as paths from the source folder; what lies outside of it begins with a slash. */
const imports = files.flatMap((file) => {
  const text = readFileSync(new URL(file, here), 'utf8')
  const statements = text.matchAll(/\b(?:(?:import|export)\s+(type\s)?[^'"]*?from|import\()\s*'(\.[^']+)'/g)
  return [...statements].map(([, type, path = '']) => ({
    file,
    isType: type !== undefined,
    target: decodeURIComponent(new URL(path, new URL(file, 'x:/a/b/c/')).pathname).replace('/a/b/c/', ''),
  }))
})
const roomOf = (path: string) => path.split('/')[0] ?? ''

describe('the rooms of the dashboard', () => {
  it('look down, never up or sideways', () => {
    expect(imports.length).toBeGreaterThan(200)
    const wrong = imports.filter(({ file, target }) => {
      if (target.startsWith('/') || file === 'rooms.test.ts') return false
      const [from, to] = [roomOf(file), roomOf(target)]
      return from !== to && floorOf(from) <= floorOf(to)
    })
    expect(wrong).toEqual([])
  })

  it('take only types from the house, so that nothing of it is sent to browsers', () => {
    const outside = imports.filter(({ target }) => target.startsWith('/'))
    expect(outside.length).toBeGreaterThan(20)
    expect(outside.filter(({ isType, target }) => !isType || !/\/src\/(contract|model)\//.test(target))).toEqual([])
  })

  it('show text as text: nothing sets HTML', () => {
    const setting = /dangerouslySetInnerHTML|innerHTML\s*=|insertAdjacentHTML|document\.write/
    expect(
      files.filter((file) => file !== 'rooms.test.ts' && setting.test(readFileSync(new URL(file, here), 'utf8'))),
    ).toEqual([])
  })
})
