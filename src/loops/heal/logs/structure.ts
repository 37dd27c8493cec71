import { plainLine } from '../../../base/text.ts'
import { phaseOf } from '../classify/phase.ts'
import { timeOf } from './clean-line.ts'
import type { CiKind, Section } from './reading.ts'

/** Literals by which the vendors mark steps and sections. */
export const structureLiterals = [
  '##[group]',
  '##[section]',
  'Post job cleanup.',
  'section_start:',
  'section_end:',
  'travis_fold:',
  'travis_time:',
  '[Pipeline] {',
  '[Pipeline] }',
  '[Pipeline] sh',
  'Started by ',
  '~~~ ',
  '--- :',
  '+++ :',
  '[taskcluster ',
  '#!/bin/bash -eo pipefail',
] as const

/** A log can hold more marks than anyone will read; what comes after them stays in the last section. */
const maxSections = 5_000

interface Open {
  readonly name: string
  readonly start: number
  readonly startedAtMs?: number | undefined
}

/** Reads the vendors' marks of steps and sections, one line after the other. */
export function createStructure() {
  const sections: Section[] = []
  const open: Open[] = []
  let ci: CiKind | undefined

  function begin(name: string, line: number, raw: string, startedAtMs = timeOf(raw)): void {
    if (sections.length + open.length < maxSections) open.push({ name: plainLine(name, 200), start: line, startedAtMs })
  }
  function finish(line: number, raw: string, exitCode?: number): void {
    const top = open.pop()
    if (top === undefined) return
    const { name, start, startedAtMs } = top
    sections.push({ name, phase: phaseOf(name), start, end: line, startedAtMs, endedAtMs: timeOf(raw), exitCode })
  }
  function finishAll(line: number, raw: string): void {
    while (open.length > 0) finish(line, raw)
  }

  return {
    see(line: number, raw: string): void {
      const mark = readMark(raw)
      if (mark === undefined) return
      ci ??= mark.ci
      // A vendor's step ends where the next begins; sections that nest are ended by their own mark.
      if (mark.kind === 'next') finishAll(line - 1, raw)
      if (mark.ends) finish(line, raw, mark.exitCode)
      if (mark.name !== undefined) begin(mark.name, line, raw)
    },
    end(lines: number): { readonly ci: CiKind | undefined; readonly sections: readonly Section[] } {
      finishAll(lines, '')
      return { ci, sections: sections.sort((a, b) => a.start - b.start || b.end - a.end) }
    },
  }
}

interface Mark {
  readonly ci: CiKind
  readonly kind: 'next' | 'nested'
  /** Ends the innermost section. */
  readonly ends?: boolean
  /** Begins a section. */
  readonly name?: string
  readonly exitCode?: number
}

function readMark(raw: string): Mark | undefined {
  for (const reader of readers) {
    const mark = reader(raw)
    if (mark !== undefined) return mark
  }
  return undefined
}

const readers: readonly ((raw: string) => Mark | undefined)[] = [
  (raw) => {
    const found = /##\[group\](Run .{1,300}|Operating System$|Runner Image$)/.exec(raw)
    if (found?.[1] !== undefined) return { ci: 'github-actions', kind: 'next', name: found[1].trim() }
    if (/Z Post job cleanup\.\r?$/.test(raw)) return { ci: 'github-actions', kind: 'next', name: 'Post job cleanup' }
    const azure = /##\[section\]Starting: (.{1,300})/.exec(raw)
    if (azure?.[1] !== undefined) return { ci: 'azure-pipelines', kind: 'next', name: azure[1].trim() }
    return undefined
  },
  (raw) => {
    const start = lastOf(raw, /section_start:\d{1,12}:([A-Za-z0-9_.-]{1,200})/g)
    const end = raw.includes('section_end:')
    if (start === undefined && !end) return undefined
    return { ci: 'gitlab-ci', kind: 'nested', ends: end, ...(start === undefined ? {} : { name: start }) }
  },
  (raw) => {
    // A command's end tells its time and, on the same line, its exit code; folds repeat what commands tell.
    const command = /travis_time:start:[0-9a-f]{1,20}\r?(?:\$ )?(.{1,300})/.exec(raw)
    if (raw.includes('travis_time:end:')) {
      const code = /exited with (\d{1,3})\.?/.exec(raw)?.[1]
      return {
        ci: 'travis-ci',
        kind: 'nested',
        ends: true,
        ...(code === undefined ? {} : { exitCode: Number(code) }),
        ...(command?.[1] === undefined ? {} : { name: command[1] }),
      }
    }
    if (command?.[1] !== undefined) return { ci: 'travis-ci', kind: 'next', name: command[1] }
    return raw.includes('travis_fold:') ? { ci: 'travis-ci', kind: 'nested' } : undefined
  },
  (raw) => {
    const stage = /\[Pipeline\] \{ \((.{1,200})\)/.exec(raw)
    if (stage?.[1] !== undefined) return { ci: 'jenkins', kind: 'nested', name: stage[1] }
    if (/\[Pipeline\] \{\s*$/.test(raw)) return { ci: 'jenkins', kind: 'nested', name: 'block' }
    if (/\[Pipeline\] \}\s*$/.test(raw)) return { ci: 'jenkins', kind: 'nested', ends: true }
    return raw.includes('[Pipeline] ') || /^Started by /.test(raw) ? { ci: 'jenkins', kind: 'nested' } : undefined
  },
  (raw) => {
    const group = /^(?:\x1b?_bk;t=\d+\x07)?(?:~~~|---|\+\+\+) (:[a-z_+-]{1,40}: .{1,200})/.exec(raw)
    return group?.[1] === undefined ? undefined : { ci: 'buildkite', kind: 'next', name: group[1] }
  },
  (raw) => (raw.startsWith('[taskcluster ') ? { ci: 'taskcluster', kind: 'nested' } : undefined),
  (raw) => (raw.startsWith('#!/bin/bash -eo pipefail') ? { ci: 'circleci', kind: 'next', name: 'step' } : undefined),
]

function lastOf(text: string, regex: RegExp): string | undefined {
  let last: string | undefined
  for (const match of text.matchAll(regex)) last = match[1]
  return last
}
