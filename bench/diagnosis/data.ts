import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** Labelled logs that other people wrote. They are not part of the project: a folder of archives is given by `--data`. */
export interface Data {
  /** The unpacked folder of this name, or `undefined` when the data is not there. */
  folder(name: string): string | undefined
}

/** Which archive holds which folder. */
const archiveOf: Readonly<Record<string, string>> = {
  'bugswarm-logs': 'bugswarm',
  'treeherder-logs': 'treeherder',
  'rust-log-analyzer': 'log-small',
  'failure-clustering': 'log-small',
  'terratest-logs': 'log-small',
  'telus-flakeranker': 'log-small',
}

/** Reads folders as they are, and unpacks archives once, into the machine's folder for temporary files. */
export function openData(dir: string): Data {
  return {
    folder(name) {
      const plain = resolve(dir, name)
      if (existsSync(plain)) return plain
      const archive = resolve(dir, `${archiveOf[name] ?? name}.tar.xz`)
      return existsSync(archive) ? join(unpacked(archive), name) : undefined
    },
  }
}

function unpacked(archive: string): string {
  const { size, mtimeMs } = statSync(archive)
  const target = join(tmpdir(), 'mendline-bench-data', `${size}-${Math.round(mtimeMs)}`)
  const done = join(target, '.unpacked')
  if (existsSync(done)) return target
  mkdirSync(target, { recursive: true })
  execFileSync('tar', ['-xJf', archive, '-C', target])
  mkdirSync(done)
  return target
}
