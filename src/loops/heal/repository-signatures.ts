import type { Ci } from '../../adapters/ci.ts'
import { redactText } from './logs/redact.ts'
import { readSignatures, signaturesFile } from './signatures/file.ts'
import { type KnownSignatures, knownSignatures } from './signatures/known.ts'

/** Failures that a repository's people named; `problems` say what of their file could not be used. */
export interface RepositorySignatures {
  readonly known?: KnownSignatures
  readonly problems: readonly string[]
}

/** They are the default branch's, as the policy is: a change under test must not say what its own failure means. */
export async function signaturesOf(ci: Pick<Ci, 'file'>, repository: string): Promise<RepositorySignatures> {
  const read = readSignatures((await ci.file(repository, 'HEAD', signaturesFile)) ?? '')
  const { signatures } = read
  // They quote the file, and people put secrets even there.
  const problems = read.problems.map(redactText)
  return signatures.length === 0 ? { problems } : { known: knownSignatures(signatures), problems }
}
