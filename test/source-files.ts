import { execFileSync } from 'node:child_process'
import { lstatSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Every file of the repository, also new ones, by its path from the root. */
export function listFiles(): readonly string[] {
  const git = [
    '-c',
    `safe.directory=${root.replace(/\/$/, '')}`,
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    '-z',
  ]
  const listed = execFileSync('git', git, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 })
  return [...new Set(listed.split('\0'))]
    .filter((path) => path !== '' && lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile())
    .sort()
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

export interface Import {
  readonly from: string
  /** The imported file by its path from the root, or the name of a package. */
  readonly to: string
  readonly typeOnly: boolean
  readonly line: number
}

/** Static imports begin a line, as Biome formats them; `import()` may stand anywhere. */
const staticImport = /^(?:import|export)(\s+type)?(?:\s+[\w*{][^'";=]*?\bfrom)?\s+'([^']+)'/gm
const dynamicImport = /\bimport\(\s*'([^']+)'/g

export function importsOf(path: string): readonly Import[] {
  const text = read(path)
  const found = [
    ...[...text.matchAll(staticImport)].map((match) => ({ match, typeOnly: match[1] !== undefined, target: match[2] })),
    ...[...text.matchAll(dynamicImport)].map((match) => ({ match, typeOnly: false, target: match[1] })),
  ]
  return found.map(({ match, typeOnly, target = '' }) => ({
    from: path,
    to: target.startsWith('.') ? relative(root, join(root, dirname(path), target)) : target,
    typeOnly,
    line: text.slice(0, match.index).split('\n').length,
  }))
}

export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}
