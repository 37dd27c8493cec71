import { patternById } from '../patterns/library.ts'
import type { Pattern } from '../patterns/pattern.ts'
import type { Hit, Section } from './reading.ts'

export interface Ranked {
  readonly hit: Hit
  readonly pattern: Pattern
  /** 0 to 1: how likely it is that this line is the first cause. */
  readonly score: number
  readonly why: string
}

export interface Place {
  readonly sections: readonly Section[]
  readonly lines: number
}

/**
 * Orders hits by how likely each is the first cause. Pure. What a line says counts most; then where it stands: in the
 * part that failed, before the exit, and first among its like, because what follows is often its consequence.
 */
export function rank(hits: readonly Hit[], { sections, lines }: Place): readonly Ranked[] {
  const known = hits.flatMap((hit) => {
    const pattern = patternById(hit.pattern)
    return pattern === undefined ? [] : [{ hit, pattern: spokenBy(pattern, hit.text) }]
  })
  const exit = exitLine(known, sections)
  const failed = failedSection(sections, exit)
  const seen = new Map<string, number>()
  const ranked = known.map(({ hit, pattern }) => {
    const key = pattern.category ?? pattern.id
    const earlier = seen.get(key) ?? 0
    seen.set(key, earlier + 1)
    const inside = failed === undefined || (hit.line >= failed.start && hit.line <= failed.end)
    const late = exit !== undefined && hit.line > exit
    const near = Math.exp(-Math.abs((exit ?? lines) - hit.line) / 400)
    const score =
      pattern.weight *
      (hit.marker === 'error' ? 1.1 : hit.marker === 'warning' ? 0.5 : 1) *
      (inside ? 1 : 0.55) *
      (late ? 0.6 : 1) *
      (0.8 + 0.2 * near) *
      (0.9 + 0.1 * 0.8 ** earlier)
    return { hit, pattern, score: Math.min(1, score), why: pattern.says ?? 'a line that looks like an error' }
  })
  return ranked.sort((a, b) => b.score - a.score || a.hit.line - b.hit.line)
}

/** With the tool that this line is of. */
function spokenBy(pattern: Pattern, text: string): Pattern {
  const other = pattern.otherTools?.find(({ sign }) => text.includes(sign))
  return other === undefined ? pattern : { ...pattern, tool: other.tool }
}

/** The line on which the first command that failed for good says so. */
export function exitLine(
  hits: readonly { readonly hit: Hit; readonly pattern: Pattern }[],
  sections: readonly Section[],
): number | undefined {
  const section = sections.find(({ exitCode }) => exitCode !== undefined && exitCode !== 0)
  const exit = hits.find(({ hit, pattern }) => pattern.role === 'exit' && hit.groups.exitCode !== '0')
  const lines = [section?.end, exit?.hit.line].filter((line) => line !== undefined)
  return lines.length === 0 ? undefined : Math.min(...lines)
}

/** Some vendors tell the exit a line or two after the section's end. */
const exitAfterEnd = 3

/** The innermost section that holds the exit. */
export function failedSection(sections: readonly Section[], exit: number | undefined): Section | undefined {
  if (exit === undefined) return undefined
  const holding = sections.filter(({ start, end }) => start <= exit && exit <= end + exitAfterEnd)
  return holding.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0]
}
