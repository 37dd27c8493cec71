import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runJob } from '../job.fixture.ts'

const job = (steps: string) => `
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
${steps}`

function files(tree: Readonly<Record<string, string>>) {
  return (root: string) => {
    for (const [name, text] of Object.entries(tree)) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
      writeFileSync(path.join(root, name), text)
    }
  }
}

function temporary(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'actions-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('a composite action: inputs with defaults, own steps, outputs, no secrets, its folder', async () => {
  const { log, result } = await runJob(
    job(`
      - id: greet
        uses: ./greet
        env: {OUTER: outer}
        with: {who: Ada}
      - run: echo "said \${{ steps.greet.outputs.text }}"`),
    {
      request: { secrets: { S: 'hush-hush' } },
      prepare: files({
        'greet/action.yml': `
name: greet
inputs: {who: {required: true}, greeting: {default: "Hello from \${{ github.repository }}"}}
outputs: {text: {value: "\${{ steps.make.outputs.text }}"}}
runs:
  using: composite
  steps:
    - id: make
      shell: bash
      run: |
        echo "text=\${{ inputs.greeting }}, \${{ inputs.who }}" >> $GITHUB_OUTPUT
        echo "[\${INPUT_WHO-}] [$OUTER] $(basename "$GITHUB_ACTION_PATH") \${{ github.action_path == env.GITHUB_ACTION_PATH }}"
`,
      }),
    },
  )
  expect(result.conclusion).toBe('success')
  expect(log).toContain('said Hello from acme/shop, Ada')
  expect(log.some((line) => line.startsWith('[] [outer] greet'))).toBe(true)
})

test('a composite action that fails runs its own failure() steps, fails the step, keeps its outputs', async () => {
  const { log, result } = await runJob(
    job(`
      - {id: a, uses: ./broken, continue-on-error: true}
      - run: echo "\${{ steps.a.outcome }} [\${{ steps.a.outputs.x }}]"`),
    {
      prepare: files({
        'broken/action.yaml': `
outputs: {x: {value: "\${{ steps.one.outputs.x }}"}}
runs:
  using: composite
  steps:
    - {id: one, shell: bash, run: 'echo x=1 >> $GITHUB_OUTPUT; exit 4'}
    - {shell: bash, run: echo never}
    - {if: failure(), shell: bash, run: echo noticed}
`,
      }),
    },
  )
  expect(log).toEqual(expect.arrayContaining(['noticed', 'failure [1]']))
  expect(log).not.toContain('never')
  expect(result.conclusion).toBe('success')
})

test('a JavaScript action: inputs, outputs, state for its post, post steps in reverse order even after a failure', async () => {
  const script = (body: string) => `const fs = require('node:fs');\n${body}`
  const { log, result } = await runJob(
    job(`
      - {id: a, uses: ./js, with: {my name: first}}
      - {uses: ./js, with: {my name: second}}
      - run: echo "out \${{ steps.a.outputs.who }}"
      - run: exit 1`),
    {
      prepare: files({
        'js/action.yml': `
inputs: {"my name": {}, other: {default: d}}
runs: {using: node24, main: main.js, post: post.js}
`,
        'js/main.js': script(`
fs.appendFileSync(process.env.GITHUB_STATE, 'name=' + process.env.INPUT_MY_NAME + '\\n')
fs.appendFileSync(process.env.GITHUB_OUTPUT, 'who=' + process.env.INPUT_MY_NAME + process.env.INPUT_OTHER + '\\n')`),
        'js/post.js': script(`console.log('post of ' + process.env.STATE_name)`),
      }),
    },
  )
  expect(log).toContain('out firstd')
  expect(log.filter((line) => line.startsWith('post of'))).toEqual(['post of second', 'post of first'])
  expect(result.conclusion).toBe('failure')
  expect(result.steps.map((step) => step.name).slice(-3)).toEqual(['Post Run ./js', 'Post Run ./js', 'Complete job'])
})

test('a post step that fails makes the job fail', async () => {
  const { result } = await runJob(job('      - uses: ./js'), {
    prepare: files({
      'js/action.yml': 'runs: {using: node20, main: main.js, post: post.js}',
      'js/main.js': '',
      'js/post.js': 'process.exit(3)',
    }),
  })
  expect(result.conclusion).toBe('failure')
})

test('a local action is read when its step runs: an earlier step may make it', async () => {
  const { log } = await runJob(
    job(`
      - run: |
          mkdir made
          echo '{"runs":{"using":"composite","steps":[{"run":"echo made-it","shell":"sh"}]}}' > made/action.yml
      - uses: ./made`),
  )
  expect(log).toContain('made-it')
})

test.each([
  ['./nowhere', /Can't find 'action.yml'/],
  ['other/action@v1', /'other\/action@v1' is not available on this runner/],
  ['docker://alpine', /needs a container engine/],
])('uses: %s fails with a sentence, unless its condition skips it', async (uses, message) => {
  const { log, result } = await runJob(
    job(`      - {uses: "${uses}", continue-on-error: true}\n      - {uses: "${uses}", if: false}`),
  )
  expect(log.join('\n')).toMatch(message)
  expect(result.conclusion).toBe('success')
})

function repository(): { url: string; first: string; second: string } {
  const url = temporary()
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', url, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { encoding: 'utf8' }).trim()
  git('init', '--quiet', '--initial-branch=main')
  const commit = (text: string) => {
    writeFileSync(path.join(url, 'file.txt'), text)
    git('add', '.')
    git('commit', '--quiet', '-m', text)
    return git('rev-parse', 'HEAD')
  }
  return { url, first: commit('first'), second: commit('second') }
}

test('checkout brings exactly the commit of the run, on its branch; history only when asked for', async () => {
  const { url, first, second } = repository()
  const { log, result } = await runJob(
    job(`
      - run: echo stale > stale.txt
      - uses: actions/checkout@v4
      - run: echo "$(cat file.txt) $(git branch --show-current) $(git rev-list --count HEAD) [$(git status --short)] $(ls)"
      - uses: actions/checkout@v4
        with: {fetch-depth: 0, path: whole}
      - run: echo "whole $(git -C whole rev-list --count HEAD)"`),
    { request: { source: { kind: 'git', url, sha: first, ref: 'refs/heads/main' } } },
  )
  expect(result.conclusion).toBe('success')
  expect(log).toContain('first main 1 [] file.txt')
  expect(log).toContain('whole 1')
  expect(second).not.toBe(first)
})

test('checkout of a commit that does not exist, of another repository, or out of the workspace fails', async () => {
  const { url } = repository()
  const { log } = await runJob(
    job(`
      - {uses: actions/checkout@v4, continue-on-error: true}
      - {uses: actions/checkout@v4, continue-on-error: true, with: {repository: other/repo}}
      - {uses: actions/checkout@v4, continue-on-error: true, with: {path: ../../out}}`),
    { request: { source: { kind: 'git', url, sha: '1'.repeat(40) } } },
  )
  const errors = log.filter((line) => line.startsWith('##[error]'))
  expect(errors[0]).toMatch(/The process 'git' failed with exit code/)
  expect(errors[1]).toMatch(/only this repository can be checked out here/)
  expect(errors[2]).toMatch(/outside of the workspace/)
})

test('checkout of a folder brings files as they are, uncommitted ones too, ignored and deleted ones not', async () => {
  const { url } = repository()
  files({ '.gitignore': 'ignored\n', ignored: 'x', 'new/a b.txt': 'new', gone: '' })(url)
  execFileSync('git', ['-C', url, 'add', 'gone'])
  rmSync(path.join(url, 'gone'))
  symlinkSync('file.txt', path.join(url, 'link'))
  const { log } = await runJob(
    job(`
      - uses: actions/checkout@v4
      - run: echo "$(find . -path ./.git -prune -o -type f -print -o -type l -print | sort | tr '\\n' ' ')"
      - run: echo "$(git log --oneline | wc -l) commits"`),
    { request: { source: { kind: 'folder', path: url } } },
  )
  expect(log).toContain('./.gitignore ./file.txt ./link ./new/a b.txt ')
  expect(log).toContain('2 commits')
})

test('artifacts go from job to job; names are taken once; nothing leads out', async () => {
  const artifacts = path.join(temporary(), 'artifacts')
  const folders = (root: string) => ({ workspace: path.join(root, 'w'), temp: path.join(root, 't'), artifacts })
  const first = await runJob(
    job(`
      - run: mkdir -p out/deep && echo 1 > out/a.txt && echo 2 > out/deep/b.txt && echo 3 > out/c.log && echo h > out/.hidden
      - {uses: actions/upload-artifact@v4, with: {name: build, path: "out/**\\n!out/**/*.log"}}
      - {uses: actions/upload-artifact@v4, with: {name: single, path: out/a.txt}}
      - {id: twice, uses: actions/upload-artifact@v4, continue-on-error: true, with: {name: build, path: out}}
      - {id: evil, uses: actions/upload-artifact@v4, continue-on-error: true, with: {name: ../evil, path: out}}
      - {id: none, uses: actions/upload-artifact@v4, continue-on-error: true, with: {name: none, path: nothing, if-no-files-found: error}}
      - run: echo "\${{ steps.twice.outcome }} \${{ steps.evil.outcome }} \${{ steps.none.outcome }}"`),
    { request: { folders: folders(temporary()) } },
  )
  expect(first.log).toContain('failure failure failure')
  const second = await runJob(
    job(`
      - {uses: actions/download-artifact@v4, with: {name: build, path: got}}
      - {uses: actions/download-artifact@v4, with: {path: all}}
      - {uses: actions/download-artifact@v4, continue-on-error: true, with: {name: nosuch}}
      - run: echo "$(find got all -type f | sort | tr '\\n' ' ')"`),
    { request: { folders: folders(temporary()) } },
  )
  expect(second.log).toContain('all/build/a.txt all/build/deep/b.txt all/single/a.txt got/a.txt got/deep/b.txt ')
  expect(second.log.join('\n')).toContain("there is none named 'nosuch' in this run")
})

test('a cache is saved after a green job, restored by key and by prefix, and left out of a clean run', async () => {
  const cache = temporary()
  const run = (key: string, clean: boolean) => {
    const root = temporary()
    const folders = {
      workspace: path.join(root, 'w'),
      temp: path.join(root, 't'),
      artifacts: path.join(root, 'a'),
      cache,
    }
    return runJob(
      job(`
      - id: c
        uses: actions/cache@v4
        with: {path: deps, key: "${key}", restore-keys: deps-}
      - run: |
          echo "hit=[\${{ steps.c.outputs.cache-hit }}] $(cat deps/x 2>/dev/null)"
          mkdir -p deps && echo "made by ${key}" > deps/x`),
      { request: { folders, clean } },
    )
  }
  const said = async (key: string, clean = false) =>
    (await run(key, clean)).log.find((line) => line.startsWith('hit=['))
  expect(await said('deps-1')).toBe('hit=[] ')
  expect(await said('deps-1')).toBe('hit=[true] made by deps-1')
  expect(await said('deps-2')).toBe('hit=[false] made by deps-1')
  expect(await said('deps-2')).toBe('hit=[true] made by deps-2')
  expect(await said('deps-2', true)).toBe('hit=[] ')
  expect(existsSync(cache)).toBe(true)
})

test('setup-node tells which Node.js it is, and that another was asked for', async () => {
  const { log } = await runJob(
    job(`
      - {id: n, uses: actions/setup-node@v4, with: {node-version: 12}}
      - run: echo "\${{ steps.n.outputs.node-version }} = $(node --version)"`),
    { request: { toolPath: [path.dirname(process.execPath)] } },
  )
  expect(log).toContain(`v${process.versions.node} = v${process.versions.node}`)
  expect(log.join('\n')).toMatch(/##\[warning\]Node.js 12 was asked for; this runner uses v/)
})
