import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const launcher = fileURLToPath(new URL('../bin/mendline.mjs', import.meta.url))

/** Makes the launcher believe that it runs on Node 20; what it starts does not inherit it. */
const pretendOld = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.19.0'}})`

const main = `
process.on('SIGTERM', () => process.exit(9))
console.log(JSON.stringify({ node: process.versions.node, args: process.argv.slice(2) }))
if (process.argv[2] === 'fail') process.exit(2)
if (process.argv[2] === 'wait') setInterval(() => {}, 1000)
if (process.argv[2] === 'die') process.kill(process.pid, 'SIGKILL')
`

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mendline launcher '))
  mkdirSync(join(root, 'bin'))
  mkdirSync(join(root, 'src'))
  cpSync(launcher, join(root, 'bin/mendline.mjs'))
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  writeFileSync(join(root, 'src/main.ts'), main)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('on a new Node the sources of a checkout run in the same process', async () => {
  const run = await launch(['--data', 'a b'])
  expect(run).toMatchObject({ code: 0, said: { node: process.versions.node, args: ['--data', 'a b'] } })
})

test('an installation without sources runs what was built', async () => {
  rmSync(join(root, 'src'), { recursive: true })
  mkdirSync(join(root, 'dist'))
  writeFileSync(join(root, 'dist/main.js'), main)
  expect((await launch(['x'])).said.args).toEqual(['x'])
})

test('an old Node hands over to the one among the dependencies, with arguments and exit code', async () => {
  provideNode()
  const run = await launch(['fail', '--flag'], pretendOld)
  expect(run).toMatchObject({ code: 2, said: { node: process.versions.node, args: ['fail', '--flag'] } })
})

test('signals reach the Node that was handed over to, and its end by a signal comes back', async () => {
  provideNode()
  const waiting = start(['wait'], pretendOld)
  let output = ''
  waiting.stdout.on('data', (chunk) => {
    output += chunk
  })
  await vi.waitUntil(() => output.includes('\n'), { timeout: 10_000 })
  waiting.kill('SIGTERM')
  expect(await ended(waiting)).toEqual({ code: 9, signal: null })
  const killed = start(['die'], pretendOld)
  killed.stdout.resume()
  expect(await ended(killed)).toEqual({ code: null, signal: 'SIGKILL' })
})

test('without a Node that will do it says so in a sentence', async () => {
  const run = await launch([], pretendOld)
  expect(run.code).toBe(3)
  expect(run.complaint).toMatch(/^Mendline needs Node 24 or newer\. This is Node 20\.19\.0, .*\n$/)
})

function provideNode(): void {
  const folder = join(root, 'node_modules', `node-${process.platform}-${process.arch}`)
  mkdirSync(join(folder, 'bin'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{}')
  symlinkSync(process.execPath, join(folder, 'bin/node'))
}

function start(args: readonly string[], preload?: string) {
  const before = preload === undefined ? [] : ['--import', preload]
  return spawn(process.execPath, [...before, join(root, 'bin/mendline.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function launch(args: readonly string[], preload?: string) {
  const child = start(args, preload)
  const [output, complaint, { code }] = await Promise.all([text(child.stdout), text(child.stderr), ended(child)])
  return { code, complaint, said: output === '' ? undefined : JSON.parse(output) }
}

function ended(child: ReturnType<typeof start>): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) => child.on('exit', (code, signal) => resolve({ code, signal })))
}
