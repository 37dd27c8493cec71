/**
 * Surprises are exceptions; expected outcomes are values. Each class is one decision for the caller. A message says
 * what was tried, on what, why it failed and what to do; `code` is for programs.
 */
abstract class HouseError extends Error {
  abstract readonly code: string
}

export class NotFound extends HouseError {
  override readonly name = 'NotFound'
  readonly code = 'not-found'
}

/** The state changed since it was read, or the thing exists already. */
export class Conflict extends HouseError {
  override readonly name = 'Conflict'
  readonly code = 'conflict'
}

export class Forbidden extends HouseError {
  override readonly name = 'Forbidden'
  readonly code = 'forbidden'
}

/** Bad input from a person or a sender: the message names what, where, and what to do. */
export class Invalid extends HouseError {
  override readonly name = 'Invalid'
  readonly code = 'invalid'
}

/** Try again, perhaps after `retryAfterMs`. */
export class Unavailable extends HouseError {
  override readonly name = 'Unavailable'
  readonly code = 'unavailable'
  readonly retryAfterMs: number | undefined
  constructor(message: string, options: ErrorOptions & { retryAfterMs?: number } = {}) {
    super(message, options)
    this.retryAfterMs = options.retryAfterMs
  }
}

/** Trying again cannot help. */
export class Terminal extends HouseError {
  override readonly name = 'Terminal'
  readonly code = 'terminal'
}
