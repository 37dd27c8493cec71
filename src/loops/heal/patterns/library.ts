import { cMake } from './c-make.ts'
import { credentials } from './credentials.ts'
import { dockerKubernetes } from './docker-kubernetes.ts'
import { dotnet } from './dotnet.ts'
import { generic } from './generic.ts'
import { git } from './git.ts'
import { go } from './go.ts'
import { javascript } from './javascript.ts'
import { javascriptTests } from './javascript-tests.ts'
import { jvm } from './jvm.ts'
import { lint } from './lint.ts'
import { moreLanguages } from './more-languages.ts'
import { network } from './network.ts'
import type { Pattern } from './pattern.ts'
import { php } from './php.ts'
import { python } from './python.ts'
import { resources } from './resources.ts'
import { ruby } from './ruby.ts'
import { runnerGithub } from './runner-github.ts'
import { runners } from './runners.ts'
import { rust } from './rust.ts'
import { typescript } from './typescript.ts'

/** Every pattern Mendline knows. To add one: put it into its family's file with examples; the test walks them all. */
export const library: readonly Pattern[] = [
  ...runnerGithub,
  ...runners,
  ...git,
  ...network,
  ...credentials,
  ...resources,
  ...dockerKubernetes,
  ...javascript,
  ...javascriptTests,
  ...typescript,
  ...python,
  ...jvm,
  ...go,
  ...rust,
  ...cMake,
  ...dotnet,
  ...ruby,
  ...php,
  ...moreLanguages,
  ...lint,
  ...generic,
]

const byId = new Map(library.map((pattern) => [pattern.id, pattern]))

export function patternById(id: string): Pattern | undefined {
  return byId.get(id)
}
