import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Terminal } from '../../base/errors.ts'
import { changedPaths, commitOf, describeCommit, listFilesAt, readFileAt, refsOf, tipOf } from './git.ts'

const folder = mkdtempSync(join(tmpdir(), 'native-git-'))
const bare = join(folder, 'bare.git')
let first = ''
let second = ''
beforeAll(() => {
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare])
  first = commit({ 'a.txt': 'one', 'dir/b.yml': 'x: 1', ':(top)odd': 'odd' })
  second = commit({ 'a.txt': 'two', 'dir/b.yml': 'x: 1', 'big.bin': 'x'.repeat(2 * 2 ** 20) }, first)
  git('update-ref', 'refs/heads/main', second)
  git('update-ref', 'refs/heads/--output=x', first)
  git('-c', 'user.name=Ada', '-c', 'user.email=ada@shop.example', 'tag', '-a', '-m', 'release', 'v1', first)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('files are read at a commit, whatever magic their names hold', async () => {
  expect(await readFileAt(bare, first, 'a.txt')).toBe('one')
  expect(await readFileAt(bare, second, 'a.txt')).toBe('two')
  expect(await readFileAt(bare, 'HEAD', 'a.txt')).toBe('two')
  expect(await readFileAt(bare, first, ':(top)odd')).toBe('odd')
  expect(await listFilesAt(bare, first, 'dir')).toEqual(['dir/b.yml'])
})

test.each(['dir', 'no', '*.txt', '../bare.git/config', '/etc/hostname', 'a.txt/', '', 'a\0b', '-z'])(
  'there is no file "%s"',
  async (path) => {
    expect(await readFileAt(bare, first, path)).toBeUndefined()
  },
)

test.each(['main', 'HEAD~1', '--all', 'a'.repeat(39), '', `${'a'.repeat(40)}^`])(
  'only a whole sha names a commit, not "%s"',
  async (sha) => {
    expect(await readFileAt(bare, sha, 'a.txt')).toBeUndefined()
    expect(await commitOf(bare, sha)).toBeUndefined()
  },
)

test.each(['gone', '--output=y', 'main^{tree}', 'main~1', '../../config', 'a..b', 'main.lock/..', '@{-1}', 'a b', ''])(
  'there is no branch "%s"',
  async (branch) => {
    expect(await tipOf(bare, branch)).toBeUndefined()
  },
)

test('refs are told by the commit they mean, annotated tags too', async () => {
  expect(await refsOf(bare)).toEqual(
    new Map([
      ['refs/heads/--output=x', first],
      ['refs/heads/main', second],
      ['refs/tags/v1', first],
    ]),
  )
})

test('what changed between two commits is known, and not for a first push', async () => {
  expect(await changedPaths(bare, first, second)).toEqual([':(top)odd', 'a.txt', 'big.bin'])
  expect(await changedPaths(bare, '0'.repeat(40), second)).toBeUndefined()
  expect(await describeCommit(bare, first)).toEqual({ author: 'Ada', email: 'ada@shop.example', title: 'a title' })
})

test('a push that changes very many files changes paths that nobody can tell, and is no error', async () => {
  const env = { ...process.env, GIT_INDEX_FILE: join(folder, 'index-of-many') }
  const oid = git('rev-parse', `${first}:a.txt`)
  const input = Array.from({ length: 5_000 }, (_, n) => `100644 ${oid}\t${'long-folder/'.repeat(18)}${n}.txt\n`).join(
    '',
  )
  execFileSync('git', ['--git-dir', bare, 'update-index', '--index-info'], { env, input })
  const tree = execFileSync('git', ['--git-dir', bare, 'write-tree'], { env }).toString().trim()
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@shop.example']
  expect(await changedPaths(bare, first, git(...who, 'commit-tree', tree, '-m', 'many'))).toBeUndefined()
})

test('a file too large to be a definition is an error that says so', async () => {
  await expect(readFileAt(bare, second, 'big.bin')).rejects.toThrow(Terminal)
})

function commit(files: Readonly<Record<string, string>>, parent?: string): string {
  const env = { ...process.env, GIT_INDEX_FILE: join(folder, `index-${Object.keys(files).length}-${parent}`) }
  for (const [path, text] of Object.entries(files)) {
    const oid = execFileSync('git', ['--git-dir', bare, 'hash-object', '-w', '--stdin'], { input: text })
      .toString()
      .trim()
    execFileSync('git', ['--git-dir', bare, 'update-index', '--add', '--cacheinfo', `100644,${oid},${path}`], { env })
  }
  const tree = execFileSync('git', ['--git-dir', bare, 'write-tree'], { env }).toString().trim()
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@shop.example']
  return git(...who, 'commit-tree', tree, '-m', 'a title\n\na body', ...(parent === undefined ? [] : ['-p', parent]))
}

function git(...args: readonly string[]): string {
  return execFileSync('git', ['--git-dir', bare, ...args])
    .toString()
    .trim()
}
