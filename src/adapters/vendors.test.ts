import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import type { Hook } from './ci.ts'
import { hooks } from './vendors.ts'

const adapters = import.meta.dirname
const folders = readdirSync(adapters, { withFileTypes: true }).filter((entry) => entry.isDirectory())
const has = (vendor: string, file: string) => existsSync(join(adapters, vendor, file))
const ciVendors = folders.map(({ name }) => name).filter((name) => has(name, 'hook.ts') || has(name, 'ci.ts'))

test('every folder of a CI vendor is registered, and nothing else is', () => {
  expect(Object.keys(hooks).sort()).toEqual(ciVendors.sort())
})

/** Our own build service is tested where its runner is: an adapter knows no role. */
const contracts: Readonly<Record<string, string>> = {
  github: 'github/ci.test.ts',
  native: '../roles/runner/service/contract.db.test.ts',
}

describe.each(ciVendors)('%s', (vendor) => {
  test('both hears and speaks', () => {
    expect([has(vendor, 'hook.ts'), has(vendor, 'ci.ts')]).toEqual([true, true])
  })

  test('answers to its own name, and turns away what is not signed', () => {
    const hook: Hook | undefined = Object.entries(hooks).find(([name]) => name === vendor)?.[1]
    expect(hook?.vendor).toBe(vendor)
    const unsigned = { connection: 'c', headers: {}, body: Buffer.from('{}') }
    expect(hook?.verify(unsigned, ['secret'])).toBe(false)
    expect(hook?.deliveryId(unsigned)).toBeUndefined()
    expect(hook?.read(unsigned)).toMatchObject({ kind: expect.stringMatching(/^(ignored|rejected)$/) })
  })

  test('passes the contract of a CI system', () => {
    const file = contracts[vendor]
    expect(file, `say in this test where ${vendor} is held to ci.contract.ts`).toBeDefined()
    expect(readFileSync(join(adapters, file ?? ''), 'utf8')).toContain('ciContract(')
  })

  test('imports no other vendor', () => {
    const others = ciVendors.filter((name) => name !== vendor)
    const sources = readdirSync(join(adapters, vendor), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    )
    for (const file of sources) {
      const text = readFileSync(join(adapters, vendor, file), 'utf8')
      for (const other of others) expect(text, `${vendor}/${file}`).not.toMatch(new RegExp(`from '[./]+/${other}/`))
    }
  })
})
