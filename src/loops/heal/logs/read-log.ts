import { library } from '../patterns/library.ts'
import type { Pattern } from '../patterns/pattern.ts'
import { createListener, watchedLiterals } from '../results/listener.ts'
import type { KnownSignatures } from '../signatures/known.ts'
import { createBlockReader, lineOf } from './blocks.ts'
import { cleanLine, timeOf } from './clean-line.ts'
import { createErrorLines, errorLineMark } from './error-lines.ts'
import { createHitKeeper, createLineKeeper, recentBytes } from './keep.ts'
import { keptLines } from './kept-lines.ts'
import { createKeyRanges } from './key-ranges.ts'
import type { LineRange } from './line-range.ts'
import { keyMarks } from './private-keys.ts'
import { exitLine, type Ranked, rank } from './rank.ts'
import type { CiKind, Hit, LogReading, Timing } from './reading.ts'
import { createRedLines } from './red-lines.ts'
import { maskMark, redactLines, secretLiterals } from './redact.ts'
import { type Found, scannerOf } from './scan.ts'
import { createStructure, structureLiterals } from './structure.ts'
import { createSuspects } from './suspects.ts'
import { tellingLines } from './telling-lines.ts'
import { unpack } from './unpack.ts'

export interface ReadOptions {
  readonly signal?: AbortSignal
  /**
   * Is every line of a log small enough for care kept? A log that is looked at beside another must be read whole; of one
   * that is looked at alone it is enough to keep the lines where a failure may stand.
   */
  readonly whole?: boolean
  /** Failures that people named, to look for in the same pass. */
  readonly signatures?: KnownSignatures | undefined
}

/** Marks of steps travel with the patterns through the one scan; they vote for nothing. */
const structureMark: Pattern = {
  id: 'structure',
  role: 'hint',
  literals: [...structureLiterals, ...keyMarks, maskMark],
  regex: /^/,
  weight: 0,
  examples: { matches: [], not: [] },
}
const readable: readonly Pattern[] = [structureMark, errorLineMark, ...library]

/**
 * Reads a whole log, of any size, with bounded memory. Never fails for what the log holds: what cannot be read is
 * named in `problem`. Fails as the stream fails. A chunk is done with when the next one is asked for, so that a source
 * may read into the same memory again.
 */
export async function readLog(
  bytes: AsyncIterable<Uint8Array>,
  { signal, signatures, whole = true }: ReadOptions = {},
): Promise<LogReading> {
  const scan = scannerOf(readable, watchedLiterals, secretLiterals)
  const listener = createListener()
  const structure = createStructure()
  const hits = createHitKeeper()
  const lines = createLineKeeper(
    () => hits.lines(),
    (block) => blocks.recycle(block),
  )
  const keys = createKeyRanges()
  const suspects = createSuspects()
  const red = createRedLines(recentBytes)
  const masks: string[] = []
  const matched = new Map<number, readonly string[]>()
  const errors = createErrorLines()
  const named = signatures?.look()
  let firstMs: number | undefined

  const blocks = createBlockReader((block) => {
    firstMs ??= timeOf(lineOf(block, 0))
    lines.add(block)
    const onFound = (found: Found): void => {
      // Only a small log is looked at so closely.
      if (found.line > fewLines) matched.clear()
      else
        matched.set(
          found.line,
          found.matches.map(({ pattern }) => pattern.id),
        )
      for (const match of found.matches)
        if (match.pattern === errorLineMark) errors.see(found)
        else if (match.pattern !== structureMark) hits.add(found, match)
        else {
          structure.see(found.line, found.raw)
          keys.see(found.line, found.raw)
          if (masks.length < mostMasks && found.raw.includes(maskMark)) masks.push(found.clean.marked)
        }
    }
    scan(block, onFound, listener.watcher, suspects.see)
    named?.see(block)
  }, red.see)
  const unpacked = unpack(bytes, (file) => structure.file(blocks.line(), file))
  for await (const chunk of unpacked.chunks) {
    signal?.throwIfAborted()
    listener.push(chunk)
    blocks.push(chunk)
  }
  const size = blocks.end()
  const { ci, sections } = structure.end(size.lines, (line) => textAt(lines.line(line)))
  const all = hits.hits().filter(({ line }) => !keys.holds(line))
  const small = size.lines <= fewLines && size.bytes <= recentBytes
  const ranked = rank(all, { sections, lines: size.lines })
  const errorLines = errors.lines().map(({ line, text }) => ({ line, text: redactLines([text], { masks })[0] ?? '' }))
  const wanted = !small
    ? aroundBest(ranked, size.lines)
    : whole
      ? [{ start: 1, end: size.lines }]
      : tellingLines({ lines: size.lines, hits: all, red: red.lines(), exit: exitLine(ranked, sections) })
  return {
    ci: ci ?? guessCi(all, firstMs),
    ...size,
    sections: telling(sections, ranked),
    hits: worthKeeping(ranked, masks),
    kept: keptLines(wanted, errorLines, {
      line: (line) => (keys.holds(line) ? '***' : lines.line(line)),
      suspected: suspects.holds,
      masks,
    }),
    errorLines,
    ...(small ? { matched, red: red.lines() } : {}),
    timing: timingOf(size.lines, firstMs, (line) => lines.line(line)),
    ...listener.end(),
    ...(named === undefined ? {} : { signatures: named.found() }),
    ...(unpacked.problem() === undefined ? {} : { problem: unpacked.problem() }),
  }
}

function textAt(raw: string | undefined): string | undefined {
  return raw === undefined ? undefined : cleanLine(raw).text
}

function guessCi(hits: readonly Hit[], firstMs: number | undefined): CiKind {
  if (hits.some((hit) => hit.pattern.startsWith('github.'))) return 'github-actions'
  if (hits.some((hit) => hit.pattern.startsWith('gitlab.'))) return 'gitlab-ci'
  return firstMs === undefined ? 'plain' : hits.some((hit) => hit.marker !== undefined) ? 'github-actions' : 'plain'
}

const mostMasks = 200
const maxHits = 400
const maxSections = 200

/** The best hits and everything that tells results or exits, in the order of the log. */
function worthKeeping(ranked: readonly Ranked[], masks: readonly string[]): readonly Hit[] {
  const telling = ranked.filter(({ pattern }) => pattern.role === 'exit' || pattern.role === 'result')
  const best = ranked.filter(({ pattern }) => pattern.role !== 'exit' && pattern.role !== 'result').slice(0, maxHits)
  return [...best, ...telling.slice(-maxHits)]
    .map(({ hit }) => ({ ...hit, text: redactLines([hit.text], { masks })[0] ?? '' }))
    .sort((a, b) => a.line - b.line)
}

/** The sections around the best hits and the last ones. */
function telling(sections: LogReading['sections'], ranked: readonly Ranked[]): LogReading['sections'] {
  if (sections.length <= maxSections) return sections
  const lines = ranked.slice(0, 50).map(({ hit }) => hit.line)
  return sections
    .filter(
      ({ start, end }, index) =>
        index >= sections.length - maxSections / 2 || lines.some((line) => start <= line && line <= end),
    )
    .slice(-maxSections)
}

/** A log with no more lines is kept whole and every line of it is weighed. */
const fewLines = 20_000
const linesBefore = 12
const linesAfter = 60
const bestKept = 40
const lastKept = 3_000

/** Of a log too large for care: the last lines, and what stands around the best hits. */
function aroundBest(ranked: readonly Ranked[], last: number): readonly LineRange[] {
  const around = ranked.slice(0, bestKept).map(({ hit: { line } }) => ({
    start: Math.max(1, line - linesBefore),
    end: Math.min(last, line + linesAfter),
  }))
  return [{ start: Math.max(1, last - lastKept), end: last }, ...around]
}

/** How far back from the end a silence still speaks of a hang. */
const lastTimed = 80

function timingOf(last: number, firstMs: number | undefined, lineAt: (line: number) => string | undefined): Timing {
  let silence: Timing['silence']
  let before: { line: number; ms: number } | undefined
  for (let line = Math.max(1, last - lastTimed); line <= last; line += 1) {
    const ms = timeOf(lineAt(line) ?? '')
    if (ms === undefined) continue
    if (before !== undefined && ms - before.ms > (silence?.ms ?? 0)) silence = { line: before.line, ms: ms - before.ms }
    before = { line, ms }
  }
  return {
    ...(firstMs === undefined ? {} : { firstMs }),
    ...(before === undefined ? {} : { lastMs: before.ms }),
    ...(silence === undefined ? {} : { silence }),
  }
}
