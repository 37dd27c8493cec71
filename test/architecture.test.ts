import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { type Import, importsOf, listFiles, read, withoutComments } from './source-files.ts'

/** The rooms of src/, lowest first: a file imports its own room and rooms before it. The last ones are files. */
const rooms = ['base', 'model', 'contract', 'engine', 'adapters', 'commons', 'loops', 'roles', 'cli'] as const
const top = rooms.length

const files = listFiles()
const sources = files.filter((path) => /^src\/.*\.ts$/.test(path))
const imports = sources.flatMap(importsOf)
const inner = imports.filter(({ to }) => to.startsWith('src/'))

test('the scan sees the house', () => {
  expect(sources.length).toBeGreaterThan(100)
  expect(inner.length).toBeGreaterThan(sources.length)
  expect(new Set(sources.map(roomOf))).toEqual(new Set([...rooms.keys(), top]))
})

test('a file imports its own room and lower rooms, never higher ones', () => {
  const wrong = inner.filter(({ from, to }) => roomOf(to) > roomOf(from))
  expect(wrong.map(said)).toEqual([])
})

test('nothing in src/ imports what lies outside, except tests', () => {
  const wrong = imports.filter(({ from, to }) => /^(?:test|bench|web|scripts|\.\.)\b/.test(to) && !isTest(from))
  expect(wrong.map(said)).toEqual([])
})

test('only tests import tests, fixtures and contract tests', () => {
  expect(inner.filter(({ from, to }) => isTest(to) && !isTest(from)).map(said)).toEqual([])
})

test('vendors do not know each other', () => {
  expect(inner.filter(({ from, to }) => areSiblings('adapters', from, to)).map(said)).toEqual([])
})

test('loops do not know each other; they speak by events', () => {
  expect(inner.filter(({ from, to }) => areSiblings('loops', from, to)).map(said)).toEqual([])
})

test('a table is touched by one room, and there by its memory alone', () => {
  const migrations = files.filter((path) => path.startsWith('migrations/')).map(read)
  const tables = migrations.flatMap((text) =>
    [...text.matchAll(/^create table (\w+)/gm)].map((match) => match[1] ?? ''),
  )
  expect(tables.length).toBeGreaterThan(10)
  const code = sources.filter((path) => !isTest(path)).map((path) => ({ path, text: withoutComments(read(path)) }))
  const wrong: string[] = []
  for (const table of new Set(tables)) {
    const naming = new RegExp(
      `\\b(?:from|join|into|update|truncate|table) ${table}\\b|(?:From|Into|Table|Join)\\('${table}\\b`,
    )
    const users = code.filter(({ text }) => naming.test(text)).map(({ path }) => path)
    for (const path of users)
      if (!/(?:^|-)memory\.ts$/.test(basename(path)))
        wrong.push(`${path} touches the table ${table}, but is no memory.ts`)
    const owners = new Set(users.map((path) => path.split('/').slice(0, 3).join('/')))
    if (owners.size > 1) wrong.push(`the table ${table} is touched from ${[...owners].join(' and ')}`)
  }
  expect(wrong).toEqual([])
})

test('the dashboard takes nothing from src/ but words: types of contract and model', () => {
  const web = files.filter((path) => /^web\/src\/.*\.tsx?$/.test(path)).flatMap(importsOf)
  const wrong = web.filter(
    ({ from, to, typeOnly }) =>
      !isTest(from) && /^(?:src|test|bench)\//.test(to) && !(typeOnly && /^src\/(?:contract|model)\//.test(to)),
  )
  expect(web.length).toBeGreaterThan(0)
  expect(wrong.map(said)).toEqual([])
})

test('files have names that say what is in them, and no default export', () => {
  const scripts = files.filter((path) => /\.(?:ts|tsx|mts|js|mjs)$/.test(path))
  const vague = /^(?:utils?|helpers?|types?|commons?|managers?|misc)\.\w+$/
  expect(scripts.filter((path) => vague.test(basename(path)))).toEqual([])
  const withDefault = scripts.filter((path) => !path.endsWith('.config.ts') && !path.startsWith('examples/'))
  expect(withDefault.filter((path) => /^export default\b/m.test(read(path)))).toEqual([])
})

test('no file names a package registry or a folder of one machine', () => {
  // Written in pieces, so that this file passes its own test.
  const hosts = [
    ['registry', 'npmjs', 'org'],
    ['registry', 'yarnpkg', 'com'],
    ['registry', 'npmmirror', 'com'],
  ]
  const folders = ['/work/' + 'main', '/work/' + 'shared', '/tmp/' + 'brief']
  const forbidden = [...hosts.map((parts) => parts.join('.')), ...folders]
  const texts = files.filter((path) => !/\.(?:png|ico|gz|zip|woff2?|jpe?g)$/.test(path))
  const wrong = texts.flatMap((path) =>
    forbidden.filter((word) => read(path).includes(word)).map((word) => `${path} names ${word}`),
  )
  expect(wrong).toEqual([])
  const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { resolved?: string }> }
  expect(
    Object.entries(lock.packages)
      .filter(([, { resolved }]) => resolved?.includes('://'))
      .map(([name]) => name),
  ).toEqual([])
})

function roomOf(path: string): number {
  const room = path.split('/')[1] ?? ''
  const index = (rooms as readonly string[]).indexOf(room)
  return index === -1 ? top : index
}

/** `adapters/ci.ts` is everybody's, `adapters/github/…` is GitHub's alone; `vendors.ts` lists them all. */
function areSiblings(room: 'adapters' | 'loops', from: string, to: string): boolean {
  const [own, other] = [from, to].map((path) => (path.startsWith(`src/${room}/`) ? path.split('/') : []))
  if (own === undefined || other === undefined || other.length < 4 || own.length === 0) return false
  if (own.length < 4) return !isTest(from) && basename(from) !== 'vendors.ts'
  return own[2] !== other[2]
}

function isTest(path: string): boolean {
  return /\.(?:test|fixture|contract)\.tsx?$/.test(path) || path.startsWith('test/')
}

function said({ from, to, line, typeOnly }: Import): string {
  return `${from}:${line} imports ${to}${typeOnly ? ' (a type)' : ''}`
}
