import { type Dirent, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { matchesName } from './match-name.ts'

export interface GlobOptions {
  readonly followLinks: boolean
  /** Whether names that start with a dot are found by wildcards. */
  readonly hidden: boolean
  /** Only files below this folder are found. */
  readonly within?: string | undefined
}

/**
 * Files that match patterns as GitHub's toolkit reads them, sorted within each folder: `*`, `?`, `[…]` within a name, `**` for any depth,
 * a leading `!` takes files out again, a folder stands for all that is in it.
 */
export function findFiles(root: string, patterns: readonly string[], options: GlobOptions): readonly string[] {
  const wanted = patterns.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
  const found = new Set<string>()
  for (const pattern of wanted) {
    const negative = pattern.startsWith('!')
    const full = path.resolve(root, negative ? pattern.slice(1).trim() : pattern)
    const segments = full.split(path.sep).filter((segment) => segment !== '')
    if (negative) {
      for (const file of found) if (matchesSegments(segments, split(file))) found.delete(file)
    } else for (const file of walk(segments, options)) found.add(file)
  }
  return [...found]
}

/** Does a file lie under what the pattern names? A set of states, so that many `**` cost no more than one. */
function matchesSegments(pattern: readonly string[], names: readonly string[]): boolean {
  let states = new Set([0])
  for (const name of [undefined, ...names]) {
    const next = name === undefined ? states : new Set<number>()
    for (const state of name === undefined ? [] : states) {
      const segment = pattern[state]
      if (segment === '**') next.add(state)
      else if (segment !== undefined && name !== undefined && matchesName(segment, name)) next.add(state + 1)
    }
    for (const state of next) if (pattern[state] === '**') next.add(state + 1)
    if (next.has(pattern.length)) return true
    states = next
  }
  return false
}

function walk(segments: readonly string[], options: GlobOptions): string[] {
  const found: string[] = []
  const visited = new Set<string>()
  visit(path.sep, segments)
  return found

  function visit(folder: string, rest: readonly string[]): void {
    const [head, ...below] = rest
    // A folder may be reached by several ways through `**`: once is enough.
    const key = `${folder}\0${rest.length}`
    if (visited.has(key)) return
    visited.add(key)
    if (head === undefined) takeAll(folder)
    else if (isPattern(head)) visitMatches(folder, head, rest)
    else enter(path.join(folder, head), below)
  }

  function visitMatches(folder: string, head: string, rest: readonly string[]): void {
    const below = rest.slice(1)
    if (head === '**') visit(folder, below)
    for (const entry of list(folder)) {
      const matches = head === '**' || matchesName(head, entry.name)
      if (!matches || (entry.name.startsWith('.') && !options.hidden && !head.startsWith('.'))) continue
      const full = path.join(folder, entry.name)
      if (head !== '**') enter(full, below)
      else if (isFolder(full, entry)) visit(full, rest)
    }
  }

  function enter(full: string, below: readonly string[]): void {
    const stats = statSync(full, { throwIfNoEntry: false })
    if (stats?.isDirectory()) visit(full, below)
    else if (stats?.isFile() && below.every((segment) => segment === '**')) take(full)
  }

  function takeAll(folder: string): void {
    for (const entry of list(folder)) {
      if (entry.name.startsWith('.') && !options.hidden) continue
      const full = path.join(folder, entry.name)
      if (isFolder(full, entry)) visit(full, [])
      else if (statSync(full, { throwIfNoEntry: false })?.isFile()) take(full)
    }
  }

  function take(file: string): void {
    if (options.within === undefined || file.startsWith(path.join(options.within, path.sep))) found.push(file)
  }

  function isFolder(full: string, entry: Dirent): boolean {
    if (entry.isDirectory()) return true
    return (
      options.followLinks && entry.isSymbolicLink() && statSync(full, { throwIfNoEntry: false })?.isDirectory() === true
    )
  }
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    // Not a folder, or not one that we may read: it holds nothing for us.
    return []
  }
}

function split(file: string): string[] {
  return file.split(path.sep).filter((segment) => segment !== '')
}

function isPattern(segment: string): boolean {
  return /[*?[]/.test(segment)
}

/** The path of a pattern up to its first wildcard. */
export function staticPart(root: string, pattern: string): string {
  const segments = path.resolve(root, pattern).split(path.sep)
  const wild = segments.findIndex(isPattern)
  return (wild < 0 ? segments : segments.slice(0, wild)).join(path.sep) || path.sep
}
