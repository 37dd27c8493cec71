import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Invalid } from '../../base/errors.ts'
import { type ParsedWorkflow, parseWorkflow } from '../../roles/runner/workflow/parse.ts'

export interface FoundWorkflow extends ParsedWorkflow {
  /** Relative to the root. */
  readonly path: string
}

/** The workflow that was named, or all of `.github/workflows`. Throws `Invalid` when there is none. */
export function findWorkflows(
  root: string,
  folder: string,
  named: string | undefined,
  labels: readonly string[],
): readonly FoundWorkflow[] {
  // What the repository gives a workflow that asks for nothing is not known here: the most it can give refuses nothing wrongly.
  const calls = { read: (uses: string) => readCalled(root, uses), permissions: 'write' as const }
  const files = named === undefined ? listWorkflows(root) : [path.resolve(folder, named)]
  return files.map((file) => {
    const shown = path.relative(root, file)
    if (!existsSync(file)) throw new Invalid(`there is no workflow ${named ?? shown}`)
    return { path: shown, ...parseWorkflow(readFileSync(file, 'utf8'), shown, { labels, calls }) }
  })
}

function listWorkflows(root: string): string[] {
  const folder = path.join(root, '.github', 'workflows')
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)) : []
  if (names.length === 0)
    throw new Invalid(`there is no workflow in ${folder}: name a file, or go to a folder that has one`)
  return names.sort().map((name) => path.join(folder, name))
}

/** Workflows of this repository can be looked at; those of others cannot. */
function readCalled(root: string, uses: string): string | undefined | null {
  if (!uses.startsWith('./')) return null
  const file = path.join(root, uses)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
