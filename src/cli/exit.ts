import { CommanderError } from 'commander'
import { Conflict, Forbidden, Invalid, NotFound } from '../base/errors.ts'

/** 0 fine, 1 the answer is bad news, 2 wrong use, 3 could not. */
export function exitWith(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2
    return
  }
  console.error(error instanceof Error ? error.message : String(error))
  if (process.env.DEBUG !== undefined && error instanceof Error) console.error(error.stack)
  process.exitCode = error instanceof Invalid ? 2 : isAnswer(error) ? 1 : 3
}

function isAnswer(error: unknown): boolean {
  return error instanceof NotFound || error instanceof Conflict || error instanceof Forbidden
}
