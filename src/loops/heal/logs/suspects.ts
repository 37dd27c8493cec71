/** Of a log with more of them every line is suspected. */
const mostSuspects = 20_000

/** The lines that may hold a secret. */
export function createSuspects() {
  const lines = new Set<number>()
  return {
    see(line: number): void {
      if (lines.size < mostSuspects) lines.add(line)
    },
    holds(line: number): boolean {
      return lines.size >= mostSuspects || lines.has(line)
    },
  }
}
