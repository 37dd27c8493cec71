import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { Invalid } from '../../../base/errors.ts'
import { saySize } from '../../../base/quantity.ts'

/**
 * A text file that a job may have made, or made into something else: never waits for the other end of a pipe, never
 * reads a device. Undefined when there is none; throws `Invalid` when it is too large or no file.
 */
export function readJobFile(file: string, limitBytes: number): string | undefined {
  let descriptor: number
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch {
    return undefined
  }
  try {
    const stats = fstatSync(descriptor)
    if (!stats.isFile()) throw new Invalid(`it is not a regular file`)
    if (stats.size > limitBytes)
      throw new Invalid(`it holds ${saySize(stats.size)}; at most ${saySize(limitBytes)} are read`)
    return readFileSync(descriptor, 'utf8').replace(/^\uFEFF/, '')
  } finally {
    closeSync(descriptor)
  }
}
