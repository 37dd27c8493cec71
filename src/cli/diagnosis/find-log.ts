import { existsSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'

/** A path of a batch means a file beside the batch, or else one seen from where the command was started. */
export function findLog(path: string, base: string): string {
  if (isAbsolute(path)) return path
  const beside = resolve(base, path)
  return existsSync(beside) || !existsSync(resolve(path)) ? beside : resolve(path)
}
