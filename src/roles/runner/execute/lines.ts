import { StringDecoder } from 'node:string_decoder'

/** What a line was cut into: `more` says that the line goes on in the next piece. */
export type LineSink = (text: string, more: boolean) => void

/** Longer lines come in pieces, so that no output can fill the memory. */
export const longestPiece = 64 * 1024

/** Turns the bytes of a stream into lines; `\r\n` ends a line as `\n` does. */
export function createLineSplitter(sink: LineSink): { push(chunk: Buffer): void; end(): void } {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let inside = false
  /** Gives away what is too long for one piece; answers the rest. */
  const shorten = (text: string): string => {
    let left = text
    while (left.length > longestPiece) {
      sink(left.slice(0, longestPiece), true)
      inside = true
      left = left.slice(longestPiece)
    }
    return left
  }
  const endLine = (text: string) => {
    sink(text.endsWith('\r') ? text.slice(0, -1) : text, false)
    inside = false
  }
  const take = (text: string) => {
    let from = 0
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      endLine(shorten(rest + text.slice(from, at)))
      rest = ''
      from = at + 1
    }
    rest = shorten(rest + text.slice(from))
  }
  return {
    push: (chunk) => take(decoder.write(chunk)),
    end: () => {
      take(decoder.end())
      if (rest !== '' || inside) endLine(rest)
      rest = ''
    },
  }
}
