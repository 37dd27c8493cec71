/** JSON that jsonb accepts whatever a process printed: no NUL, no half of a surrogate pair. */
export function json(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '') : part,
  )
}
