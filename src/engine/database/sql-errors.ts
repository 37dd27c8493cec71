/** PostgreSQL's code of an error (SQLSTATE), or the system's (`ECONNREFUSED`). */
export function sqlState(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}

/** Did the database go away under us, or is it not there yet? Then trying again later can help. */
export function isLostConnection(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if (lostCodes.has(sqlState(cause) ?? '') || sqlState(cause)?.startsWith('08')) return true
    if (lostMessages.some((text) => (cause as Error).message.includes(text))) return true
    if (cause instanceof AggregateError && cause.errors.some(isLostConnection)) return true
  }
  return false
}

const lostCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'],
  // admin_shutdown, crash_shutdown, cannot_connect_now, idle_session_timeout, too_many_connections
  ...['57P01', '57P02', '57P03', '57P05', '53300'],
])

/** What the driver says without any code. */
const lostMessages = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Client has encountered a connection error',
  'Client was closed and is not queryable',
]
