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
  const emit = (text: string, more: boolean) => {
    sink(!more && text.endsWith('\r') ? text.slice(0, -1) : text, more)
    inside = more
  }
  const take = (text: string) => {
    let from = 0
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      emit(rest + text.slice(from, at), false)
      rest = ''
      from = at + 1
    }
    rest += text.slice(from)
    while (rest.length > longestPiece) {
      const piece = rest.slice(0, longestPiece)
      rest = rest.slice(longestPiece)
      emit(piece, true)
    }
  }
  return {
    push: (chunk) => take(decoder.write(chunk)),
    end: () => {
      take(decoder.end())
      if (rest !== '' || inside) emit(rest, false)
      rest = ''
    },
  }
}
