import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { readPolicy } from '../../src/model/policy.ts'

const guide = readFileSync(resolve(import.meta.dirname, '../../docs/guides/connect-github.md'), 'utf8')
const [installation = '', ...policies] = Array.from(
  guide.matchAll(/```yaml\n([\s\S]*?)\n```/g),
  (match) => match[1] ?? '',
)

test('the configuration that the guide shows is one that is read', () => {
  const data = mkdtempSync(join(tmpdir(), 'mendline-guide-'))
  try {
    writeFileSync(join(data, 'mendline.yml'), installation)
    const { connections, pollEveryMs } = loadConfig({}, { data })
    expect(pollEveryMs).toBe(180_000)
    expect(connections).toMatchObject([
      {
        id: 'acme',
        repositories: ['acme/shop', 'acme/api'],
        app: { privateKeyFile: join(data, 'secrets/github-app.pem') },
      },
    ])
  } finally {
    rmSync(data, { recursive: true })
  }
})

test('the policies that the guide shows are ones that are read', () => {
  const read = policies.map((text) => readPolicy(text))
  expect(read.map(({ kind }) => kind)).toEqual(['read', 'read'])
  expect(read.map(({ policy }) => policy.remedies['rerun-failed'].mode)).toEqual(['observe', 'auto'])
})
