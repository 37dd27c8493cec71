import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Invalid } from '../../../base/errors.ts'
import { findFiles } from './glob.ts'

const limitMs = 120_000

/** hashFiles(): SHA-256 over the SHA-256 of every matching file of the workspace; empty when nothing matches. */
export function hashFiles(workspace: string, args: readonly string[]): string {
  const follow = args[0] === '--follow-symbolic-links'
  const patterns = (follow ? args.slice(1) : args).flatMap((argument) => argument.split('\n'))
  const startedAt = performance.now()
  const total = createHash('sha256')
  const files = findFiles(workspace, patterns, { followLinks: follow, hidden: true, within: workspace })
  for (const file of files) {
    if (performance.now() - startedAt > limitMs)
      throw new Invalid(`hashFiles('${patterns.join("', '")}') did not end within ${limitMs / 1_000} seconds`)
    total.update(createHash('sha256').update(readFileSync(file)).digest())
  }
  return files.length > 0 ? total.digest('hex') : ''
}
