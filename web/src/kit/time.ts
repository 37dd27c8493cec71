const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** How long ago, as one would say it. A clock that runs a little ahead of ours is "just now", not the future. */
export function ago(then: number, now: number): string {
  const passed = now - then
  if (passed < 10 * second) return 'just now'
  if (passed < minute) return `${Math.floor(passed / second)} s ago`
  if (passed < hour) return `${Math.floor(passed / minute)} min ago`
  if (passed < day) return `${Math.floor(passed / hour)} h ago`
  if (passed < 2 * day) return 'yesterday'
  if (passed < 60 * day) return `${Math.floor(passed / day)} days ago`
  return new Date(then).toISOString().slice(0, 10)
}

/** A length of time with its unit; the second unit only while it still says something. */
export function lasting(ms: number): string {
  const rounded = Math.max(0, ms)
  if (rounded < second) return `${Math.round(rounded)} ms`
  if (rounded < 10 * second) return `${(Math.floor(rounded / 100) / 10).toFixed(1)} s`
  if (rounded < minute) return `${Math.floor(rounded / second)} s`
  if (rounded < hour) return two(rounded, minute, 'min', second, 's')
  if (rounded < day) return two(rounded, hour, 'h', minute, 'min')
  return two(rounded, day, 'd', hour, 'h')
}

function two(ms: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((ms % large) / small)
  return `${Math.floor(ms / large)} ${largeUnit}${rest > 0 ? ` ${rest} ${smallUnit}` : ''}`
}

/** Between two moments that may not have come yet. */
export function between(from: string | null, to: string | null, now: number): string | null {
  if (from === null) return null
  return lasting((to === null ? now : Date.parse(to)) - Date.parse(from))
}

/** The time of day, to the second, where the reader is. */
export function clock(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB')
}

/** The whole moment, where the reader is and in UTC. */
export function exactly(at: string): string {
  const then = new Date(at)
  return `${then.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })} (${then.toISOString()})`
}
