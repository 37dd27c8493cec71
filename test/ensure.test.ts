import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const script = fileURLToPath(new URL('../scripts/ensure.sh', import.meta.url))

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mendline ensure '))
  for (const folder of ['scripts', 'programs', 'web/src', 'src/model', 'src/contract'])
    mkdirSync(join(root, folder), { recursive: true })
  cpSync(script, join(root, 'scripts/ensure.sh'))
  for (const file of ['package-lock.json', 'web/index.html', 'web/vite.config.ts', 'web/package.json'])
    writeFileSync(join(root, file), '{}')
  installNpm(
    'case "$1" in ci) mkdir -p node_modules; touch node_modules/.package-lock.json ;; run) mkdir -p web/dist; touch web/dist/index.html ;; esac',
  )
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('a fresh checkout is installed and built, and says so; the second time nothing is done or said', () => {
  const first = ensure()
  expect(first.stdout).toMatch(
    /^Installing the dependencies … done in \d+ s\nBuilding the dashboard … done in \d+ s\n$/,
  )
  expect(calls()).toEqual(['ci --include=dev --no-audit --no-fund --loglevel=error', 'run build --workspace web'])
  const second = ensure()
  expect([second.status, second.stdout, second.stderr]).toEqual([0, '', ''])
  expect(calls()).toHaveLength(2)
})

test('a newer source is built again without an installation', () => {
  ensure()
  touchLater('web/src/app.tsx')
  expect(ensure().stdout).toMatch(/^Building the dashboard/)
  expect(calls().slice(2)).toEqual(['run build --workspace web'])
})

test('a newer lock file is installed again', () => {
  ensure()
  touchLater('package-lock.json')
  expect(ensure().stdout).toMatch(/^Installing the dependencies/)
})

test('npm does not run on the Node inside the modules that it is about to replace', () => {
  ensure()
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true })
  writeFileSync(join(root, 'node_modules/.bin/npm'), '#!/bin/sh\necho wrong >> calls\n', { mode: 0o755 })
  touchLater('package-lock.json')
  ensure(`${join(root, 'node_modules/.bin')}:${join(root, 'programs')}:${process.env.PATH}`)
  expect(calls()[2]).toMatch(/^ci /)
})

test('a failure shows what npm said and ends with 3', () => {
  installNpm('echo "no space left on device"; exit 1')
  const failed = ensure()
  expect(failed.status).toBe(3)
  expect(failed.stderr).toContain('no space left on device')
  expect(existsSync(join(root, 'web/dist'))).toBe(false)
})

function installNpm(body: string): void {
  writeFileSync(join(root, 'programs/npm'), `#!/bin/sh\necho "$@" >> calls\n${body}\n`, { mode: 0o755 })
}

function ensure(path = `${join(root, 'programs')}:${process.env.PATH}`) {
  return spawnSync('/bin/sh', [join(root, 'scripts/ensure.sh')], { encoding: 'utf8', env: { PATH: path }, cwd: '/' })
}

function calls(): string[] {
  return readFileSync(join(root, 'calls'), 'utf8').trimEnd().split('\n')
}

function touchLater(path: string): void {
  const later = new Date(Date.now() + 5_000)
  if (!existsSync(join(root, path))) writeFileSync(join(root, path), '')
  utimesSync(join(root, path), later, later)
}
