import { spawn } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, test } from 'vitest'

const program = fileURLToPath(new URL('../../bin/mendline.mjs', import.meta.url))
let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mendline-cli-'))
})

function mendline(...args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((done, reject) => {
    const env = { ...process.env, MENDLINE_DATA: dataDir, DATABASE_URL: '', NO_COLOR: '1' }
    const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk) => (out += chunk))
    child.stderr.on('data', (chunk) => (err += chunk))
    child.on('error', reject)
    child.on('close', (code) => done({ code, out, err }))
  })
}

describe('with nothing running', () => {
  test('stop writes the file that stops everything here, and says that others could not be told', async () => {
    const { code, out } = await mendline('stop', '--why', 'fire', '--format', 'json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      stopped: true,
      everywhere: false,
      problem: expect.stringMatching(/mendline up/),
    })
    expect(JSON.parse(await readFile(join(dataDir, 'stop'), 'utf8'))).toMatchObject({
      why: 'fire',
      by: expect.any(String),
    })
  })

  test('doctor names what is missing, with what to do about it', async () => {
    const { code, out } = await mendline('doctor')
    expect(code).toBe(1)
    expect(out).toMatch(/^ok +node: 24\./m)
    expect(out).toMatch(/^ok +git: git version/m)
    expect(out).toMatch(/^FAIL gateway: nothing runs on .*Start it|start it with "mendline up"/m)
  })

  test('doctor sees that everything is stopped', async () => {
    await writeFile(join(dataDir, 'stop'), JSON.stringify({ by: 'mo', why: 'fire', since: '2026-03-04T10:00:00Z' }))
    const { out } = await mendline('doctor', '--format', 'json')
    const { findings } = JSON.parse(out) as { findings: { what: string; ok: boolean; found: string }[] }
    expect(findings.find(({ what }) => what === 'stop switch')).toMatchObject({
      ok: false,
      found: 'everything is stopped by mo: fire',
    })
  })

  test.each([
    [['approve', 'x'], 3, /nothing runs on/],
    [['refuse', 'x', '--why', 'no'], 3, /nothing runs on/],
    [['resume'], 3, /nothing runs on/],
    [['refuse', 'x'], 2, /--why/],
    [['stop'], 2, /--why/],
    [['approve'], 2, /permit/],
    [['doctor', '--format', 'xml'], 2, /text or json/],
  ])('%j exits with %i', async (args, expected, says) => {
    const { code, err } = await mendline(...args)
    expect({ code, err }).toEqual({ code: expected, err: expect.stringMatching(says) })
  })
})

test('a gateway file that makes no sense gets one sentence', async () => {
  await writeFile(join(dataDir, 'gateway.json'), '{"url": 7}')
  await writeFile(join(dataDir, 'token'), 'x')
  const { code, err } = await mendline('approve', 'x')
  expect(code).toBe(3)
  expect(err.trim().split('\n')).toHaveLength(1)
})

test.each(['approve', 'refuse', 'stop', 'resume', 'doctor', 'migrate'])(
  '%s explains itself with an example and its exit codes',
  async (command) => {
    const { code, out } = await mendline(command, '--help')
    expect(code).toBe(0)
    expect(out).toMatch(/Example:\n {2}\S/)
    expect(out).toMatch(/Exit codes: 0/)
  },
)
