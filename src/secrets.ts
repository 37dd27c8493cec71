import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Invalid } from './base/errors.ts'

/** The secrets of an installation: files in its data folder that only its owner may read. Made when they are missing. */
export interface Secrets {
  /** Whoever has it is the administrator. */
  readonly token: string
  /** Signs what our own runner and repositories report. */
  readonly nativeHook: string
}

export function loadSecrets(dataDir: string): Secrets {
  return { token: ownSecret(join(dataDir, 'token')), nativeHook: ownSecret(nativeSecretFile(dataDir)) }
}

export function nativeSecretFile(dataDir: string): string {
  return join(dataDir, 'native-hook-secret')
}

/** A secret that somebody else made and named in the configuration. */
export function readSecret(path: string, what: string): string {
  try {
    const secret = readFileSync(path, 'utf8').trim()
    if (secret !== '') return secret
  } catch (error) {
    throw new Invalid(`cannot read ${what} from ${path}: make the file, readable for this account`, { cause: error })
  }
  throw new Invalid(`${what} in ${path} is empty: write the secret into it`)
}

function ownSecret(path: string): string {
  try {
    writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
      throw new Invalid(`cannot write ${path}: the data folder must be writable for this account`, { cause: error })
    }
  }
  return readSecret(path, "this installation's secret")
}
