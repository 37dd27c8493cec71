/** What an event says in a few words, from whatever its data has to say; nothing if it has nothing. */
export function gist(data: unknown): string {
  const told = part(data)
  const words = ['sentence', 'why', 'title', 'reason', 'ref']
    .map((name) => told[name])
    .find((word) => typeof word === 'string')
  if (words !== undefined) return String(words)
  const reason = Array.isArray(told.reasons) ? part(told.reasons[0]).sentence : undefined
  if (typeof reason === 'string') return reason
  const nested = [told.diagnosis, told.plan].map(gistOf).find((word) => word !== '')
  return nested ?? about(part(told.run), part(told.job))
}

function gistOf(value: unknown): string {
  const { sentence, why } = part(value)
  return [sentence, why].find((word): word is string => typeof word === 'string') ?? ''
}

function about(run: Record<string, unknown>, job: Record<string, unknown>): string {
  const state = (of: Record<string, unknown>) => of.conclusion ?? of.status ?? ''
  if (typeof run.pipeline === 'string') return `${run.repository} ${run.pipeline} #${run.number} ${state(run)}`.trim()
  return typeof job.name === 'string' ? `job ${job.name} ${state(job)}`.trim() : ''
}

function part(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
