import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'

/** The package as npm packs it, in a folder as npm installs it: below node_modules, and with nothing but what it declares. */

const repository = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'mendline installation '))
const installed = join(folder, 'node_modules/mendline')
const mendline = join(installed, 'bin/mendline.mjs')

const declared = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))

// The test runner wants to be answered within a minute: what may take long is awaited.
const run = promisify(execFile)

beforeAll(async () => {
  // Not npm's prepack: it would replace the dashboard under the browser tests that run beside this one.
  await run(process.execPath, [join(repository, 'scripts/build.ts')])
  await run('npm', ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder], { cwd: repository })
  mkdirSync(installed, { recursive: true })
  const archive = join(folder, `mendline-${declared.version}.tgz`)
  await run('tar', ['-xzf', archive, '-C', installed, '--strip-components=1'])
  for (const name of Object.keys(declared.dependencies)) link(name)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let started: ChildProcess | undefined
afterEach(() => void started?.kill('SIGKILL'))

test('the package brings what was built, not the sources', () => {
  expect(existsSync(join(installed, 'src'))).toBe(false)
  for (const path of ['migrations', 'examples/shop/chapters', 'web/dist/index.html', 'README.md', 'LICENSE'])
    expect(existsSync(join(installed, path)), path).toBe(true)
  expect(existsSync(join(installed, 'dist/adapters/native/repositories/post-receive.js'))).toBe(true)
})

test('it says its version', () => {
  expect(call('--version')).toMatchObject({ status: 0, stdout: `${declared.version}\n`, stderr: '' })
})

test('it names what broke in a log', () => {
  const log = join(folder, 'build.log')
  writeFileSync(log, "src/cart.ts(3,7): error TS2322: Type 'string' is not assignable to type 'number'.\n")
  const { status, stdout, stderr } = call('diagnose', log, '--format', 'json')
  expect([status, stderr]).toEqual([1, ''])
  expect(stdout).toContain('TS2322')
})

test('it runs a workflow', () => {
  const project = join(folder, 'project')
  mkdirSync(join(project, '.github/workflows'), { recursive: true })
  const workflow = 'on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo built\n'
  writeFileSync(join(project, '.github/workflows/build.yml'), workflow)
  const { status, stdout } = spawnSync(process.execPath, [mendline, 'run'], { cwd: project, encoding: 'utf8' })
  expect(status).toBe(0)
  expect(stdout).toMatch(/build +passed/)
})

test('it starts on an empty folder, answers, and stops at Ctrl-C with nothing left behind', async () => {
  const data = join(folder, 'data')
  const up = spawn(process.execPath, [mendline, 'up', '--no-demo', '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { PATH: process.env.PATH, HOME: folder },
  })
  started = up
  let said = ''
  for (const stream of [up.stdout, up.stderr])
    stream.on('data', (part) => {
      said += part
    })
  const exit = new Promise((resolve) => up.on('exit', (code, signal) => resolve({ code, signal })))
  const url = await vi.waitUntil(() => /Dashboard\s+(\S+)/.exec(said)?.[1], { timeout: 60_000 })

  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  await vi.waitUntil(async () => (await fetch(`${url}/readyz`)).ok, { timeout: 20_000 })
  expect(await (await fetch(url)).text()).toContain('<html')

  interruptAsTerminal(up)
  // As the launcher passes it on once more, when it started another Node and there is no terminal.
  up.kill('SIGINT')
  expect(await exit, said).toEqual({ code: 0, signal: null })
  expect(existsSync(join(data, 'postgres/postmaster.pid'))).toBe(false)
  expect(() => process.kill(-Number(up.pid), 0)).toThrow('ESRCH')
}, 120_000)

/** Ctrl-C reaches every process of the terminal's foreground group at once. */
function interruptAsTerminal(child: ChildProcess): void {
  process.kill(-Number(child.pid), 'SIGINT')
}

function call(...args: readonly string[]) {
  return spawnSync(process.execPath, [mendline, ...args], { cwd: folder, encoding: 'utf8' })
}

function link(name: string): void {
  const place = join(folder, 'node_modules', name)
  mkdirSync(dirname(place), { recursive: true })
  symlinkSync(join(repository, 'node_modules', name), place)
}
