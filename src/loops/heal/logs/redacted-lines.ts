import { linesOf } from '../../../base/lines.ts'
import { createRedactor } from './redact.ts'
import { unpack } from './unpack.ts'

/** A log's lines as they may be kept: unpacked, decoded, without secrets, without their `\n`. A lone `\r` ends no line. */
export async function* redactedLines(bytes: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const unpacked = unpack(bytes)
  yield* linesOf(redactedText(unpacked.chunks))
  const problem = unpacked.problem()
  if (problem !== undefined && problem.code !== 'empty') yield `##[warning]Mendline: ${problem.sentence}`
}

async function* redactedText(chunks: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8')
  const redactor = createRedactor()
  for await (const chunk of chunks) yield redactor.push(decoder.decode(chunk, { stream: true }))
  yield redactor.push(decoder.decode()) + redactor.end()
}
