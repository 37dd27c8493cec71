import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Invalid } from '../../base/errors.ts'

/** A system account to run PostgreSQL as. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/**
 * PostgreSQL refuses to run as root. Started by root it runs as `postgres`, or as `nobody` where that account is
 * missing; accounts are never created. Undefined for an ordinary user, who runs it as himself.
 */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const fields = accounts.find((entry) => entry[0] === name)
    if (fields !== undefined) return { name, uid: Number(fields[2]), gid: Number(fields[3]) }
  }
  throw new Invalid(
    'cannot start PostgreSQL as root, and there is neither an account "postgres" nor "nobody" to run it as: ' +
      'start Mendline as an ordinary user, or name a server with DATABASE_URL',
  )
}

/** May the account enter this folder? Asked of the system itself, because modes alone do not tell the whole path. */
export function canEnter(account: Account, folder: string): boolean {
  const { uid, gid } = account
  return spawnSync('/bin/sh', ['-c', 'test -x "$0"', folder], { uid, gid, cwd: '/' }).status === 0
}

/** The options that make a child process run as the account, away from folders it may not be able to enter. */
export function asAccount(account: Account | undefined): { cwd: string; env: NodeJS.ProcessEnv } & Partial<Account> {
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
  return account === undefined ? { cwd: '/', env } : { cwd: '/', env, uid: account.uid, gid: account.gid }
}
