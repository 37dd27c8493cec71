import { readFile } from 'node:fs/promises'
import { Invalid } from '../../base/errors.ts'
import { readSignatures } from '../../loops/heal/signatures/file.ts'
import { type KnownSignatures, knownSignatures } from '../../loops/heal/signatures/known.ts'
import { whyUnreadable } from './read-file.ts'

/** The signatures of a file, if one is given. Broken ones are told and left out; a file of nothing else is refused. */
export async function loadSignatures(
  path: string | undefined,
  tell: (problem: string) => void = console.error,
): Promise<KnownSignatures | undefined> {
  if (path === undefined) return undefined
  const { signatures, problems } = readSignatures(await textOf(path), path)
  if (signatures.length === 0 && problems.length > 0) throw new Invalid(problems.join('\n'))
  for (const problem of problems) tell(problem)
  return knownSignatures(signatures)
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new Invalid(`cannot read the signatures ${path}: ${whyUnreadable(cause)}`, { cause })
  }
}
