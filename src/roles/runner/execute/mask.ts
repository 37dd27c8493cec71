import { formsOf } from './encodings.ts'

/** Hides secrets in text. Secrets can be added while it is in use. */
export interface Masker {
  add(secret: string): void
  mask(text: string): string
  /** For text that comes in pieces: a secret cut by the border between two pieces is hidden all the same. */
  stream(): MaskStream
}

export interface MaskStream {
  /** What is now certain. */
  push(piece: string): string
  /** The rest. */
  end(): string
}

export function createMasker(secrets: Iterable<string> = []): Masker {
  const forms = new Set<string>()
  let longest = 0
  const add = (secret: string) => {
    for (const form of formsOf(secret)) {
      forms.add(form)
      longest = Math.max(longest, form.length)
    }
  }
  for (const secret of secrets) add(secret)
  return {
    add,
    mask: (text) => replace(text, findSpans(text, forms), 0, text.length),
    stream: () => createStream(() => ({ forms, longest })),
  }
}

interface Span {
  readonly start: number
  end: number
}

/** Where forms stand, in order; those that touch are one. */
function findSpans(text: string, forms: Iterable<string>): Span[] {
  const found: Span[] = []
  for (const form of forms)
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1))
      found.push({ start: at, end: at + form.length })
  return merge(found)
}

function merge(spans: Span[]): Span[] {
  const merged: Span[] = []
  for (const span of spans.sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end)
    else merged.push({ ...span })
  }
  return merged
}

/** The text between two places; a span that begins before `from` was shown by an earlier piece. */
function replace(text: string, spans: readonly Span[], from: number, to: number): string {
  let result = ''
  let at = from
  for (const { start, end } of spans) {
    if (start >= to) break
    if (start >= from) result += `${text.slice(at, start)}***`
    at = Math.max(at, Math.min(end, to))
  }
  return at < to ? result + text.slice(at, to) : result
}

function createStream(current: () => { forms: ReadonlySet<string>; longest: number }): MaskStream {
  let kept = ''
  /** The end, within what is kept, of a mask that was already shown; negative when there is none. */
  let shown = -1
  const take = (text: string, to: number): string => {
    const spans = findSpans(text, current().forms)
    // A mask that was shown reaches into this text: what touches it belongs to it.
    const all = shown < 0 ? spans : merge([{ start: -1, end: shown }, ...spans])
    const result = replace(text, all, 0, to)
    const crossing = all.find((span) => span.start < to && span.end >= to)
    kept = text.slice(to)
    shown = crossing ? crossing.end - to : -1
    return result
  }
  return {
    push(piece) {
      const text = kept + piece
      // Whatever starts before this place ends within the text.
      const certain = text.length - Math.max(current().longest - 1, 0)
      if (certain > 0) return take(text, certain)
      kept = text
      return ''
    },
    end: () => take(kept, kept.length),
  }
}
