import { createRedactor } from './redact.ts'
import { unpack } from './unpack.ts'

/** A log's lines as they may be kept: unpacked, decoded, without secrets, without their `\n`. A lone `\r` ends no line. */
export async function* redactedLines(bytes: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const unpacked = unpack(bytes)
  const decoder = new TextDecoder('utf-8')
  const redactor = createRedactor()
  let rest = ''
  for await (const chunk of unpacked.chunks) {
    const lines = (rest + redactor.push(decoder.decode(chunk, { stream: true }))).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  const lines = (rest + redactor.push(decoder.decode()) + redactor.end()).split('\n')
  rest = lines.pop() ?? ''
  yield* lines
  if (rest !== '') yield rest
  const problem = unpacked.problem()
  if (problem !== undefined && problem.code !== 'empty') yield `##[warning]Mendline: ${problem.sentence}`
}
