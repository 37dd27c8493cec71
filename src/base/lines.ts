/** The lines of a text that comes in parts, without their `\n`; nothing else ends a line. Linear also for very long lines. */
export async function* linesOf(parts: AsyncIterable<string>): AsyncIterable<string> {
  let rest = ''
  for await (const part of parts) {
    // Joining alone is cheap; splitting would copy a line of many parts again for each of them.
    if (!part.includes('\n')) {
      rest += part
      continue
    }
    const lines = (rest + part).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}
