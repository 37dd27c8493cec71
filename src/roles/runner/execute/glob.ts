import { lstatSync, readdirSync, type Stats, statSync } from 'node:fs'
import path from 'node:path'
import { matchesName } from './match-name.ts'

export interface GlobOptions {
  readonly followLinks: boolean
  /** Whether names that start with a dot are looked at. */
  readonly hidden: boolean
  /** Only files below this folder are found. */
  readonly within?: string | undefined
}

/**
 * Files that match patterns as GitHub's toolkit reads them: `*`, `?`, `[…]` within a name, `**` for any depth, a leading
 * `!` takes files out again, a folder stands for all that is in it. Every folder is walked once, in the order of names.
 */
export function findFiles(root: string, patterns: readonly string[], options: GlobOptions): readonly string[] {
  const rules = patterns.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
  const read = rules.map((line) => readRule(root, line))
  const starts = read.filter((rule) => !rule.negative).map((rule) => startOf(rule.segments))
  const outermost = [...new Set(starts)].filter((start) => !starts.some((other) => isInside(start, other)))
  const found: string[] = []
  for (const start of outermost) {
    let at = read.map((rule) => begin(rule.segments))
    for (const name of namesOf(start)) at = at.map((states, index) => step(read[index], states, name))
    visit(start, at)
  }
  return found

  function visit(item: string, states: readonly States[]): void {
    const mayMatch = read.some((rule, index) => !rule.negative && (states[index]?.size ?? 0) > 0)
    if (!mayMatch || (!options.hidden && path.basename(item).startsWith('.'))) return
    const stats = look(item, options.followLinks)
    if (stats?.isFile()) {
      if (isChosen(read, states) && isInside(item, options.within ?? path.sep)) found.push(item)
    } else if (stats?.isDirectory())
      for (const name of list(item))
        visit(
          path.join(item, name),
          states.map((own, index) => step(read[index], own, name)),
        )
  }
}

/** The path of a pattern up to its first wildcard. */
export function staticPart(root: string, pattern: string): string {
  return startOf(readRule(root, pattern).segments)
}

interface Rule {
  readonly negative: boolean
  readonly segments: readonly string[]
}

/** Where in a pattern one can stand after some names; its length means that all below matches. */
type States = ReadonlySet<number>

function readRule(root: string, line: string): Rule {
  const negative = line.startsWith('!')
  return { negative, segments: namesOf(path.resolve(root, negative ? line.slice(1).trim() : line)) }
}

function begin(segments: readonly string[]): States {
  return closed(segments, new Set([0]))
}

/** A set of states instead of a search: many `**` cost no more than one. */
function step(rule: Rule | undefined, states: States, name: string): States {
  const segments = rule?.segments ?? []
  const next = new Set<number>()
  for (const state of states) {
    const segment = segments[state]
    if (segment === undefined || segment === '**') next.add(state)
    else if (matchesName(segment, name)) next.add(state + 1)
  }
  return closed(segments, next)
}

/** `**` may also stand for nothing. */
function closed(segments: readonly string[], states: Set<number>): States {
  for (const state of states) if (segments[state] === '**') states.add(state + 1)
  return states
}

/** The last pattern that matches decides. */
function isChosen(rules: readonly Rule[], states: readonly States[]): boolean {
  const last = rules.findLastIndex((rule, index) => states[index]?.has(rule.segments.length) ?? false)
  return last >= 0 && rules[last]?.negative === false
}

function startOf(segments: readonly string[]): string {
  const wild = segments.findIndex((segment) => /[*?[]/.test(segment))
  return path.sep + (wild < 0 ? segments : segments.slice(0, wild)).join(path.sep)
}

function isInside(item: string, folder: string): boolean {
  return item !== folder && item.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep)
}

function namesOf(file: string): string[] {
  return file.split(path.sep).filter((name) => name !== '')
}

/** Links to files count as files; links to folders are entered only when asked for. */
function look(item: string, followLinks: boolean): Stats | undefined {
  const stats = statSync(item, { throwIfNoEntry: false })
  if (followLinks || !stats?.isDirectory()) return stats
  return lstatSync(item, { throwIfNoEntry: false })
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    // A folder that we may not read holds nothing for us.
    return []
  }
}
