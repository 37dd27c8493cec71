import { apple } from './apple.ts'
import { browsers } from './browsers.ts'
import { cMake } from './c-make.ts'
import { checkers } from './checkers.ts'
import { compiled } from './compiled.ts'
import { configuration } from './configuration.ts'
import { cppBuild } from './cpp-build.ts'
import { cppTests } from './cpp-tests.ts'
import { crashes } from './crashes.ts'
import { credentials } from './credentials.ts'
import { dockerKubernetes } from './docker-kubernetes.ts'
import { dotnet } from './dotnet.ts'
import { functional } from './functional.ts'
import { gates } from './gates.ts'
import { generic } from './generic.ts'
import { git } from './git.ts'
import { go } from './go.ts'
import { goMore } from './go-more.ts'
import { javascript } from './javascript.ts'
import { javascriptQuality } from './javascript-quality.ts'
import { javascriptTests } from './javascript-tests.ts'
import { jvm } from './jvm.ts'
import { jvmMore } from './jvm-more.ts'
import { languages } from './languages.ts'
import { lint } from './lint.ts'
import { lintMore } from './lint-more.ts'
import { lintPlaces } from './lint-places.ts'
import { maven } from './maven.ts'
import { moreLanguages } from './more-languages.ts'
import { mozilla } from './mozilla.ts'
import { network } from './network.ts'
import { operations } from './operations.ts'
import { packageTools } from './package-tools.ts'
import type { Pattern } from './pattern.ts'
import { php } from './php.ts'
import { phpMore } from './php-more.ts'
import { projectRules } from './project-rules.ts'
import { prose } from './prose.ts'
import { python } from './python.ts'
import { pythonMore } from './python-more.ts'
import { resources } from './resources.ts'
import { ruby } from './ruby.ts'
import { rubyMore } from './ruby-more.ts'
import { runnerGithub } from './runner-github.ts'
import { runners } from './runners.ts'
import { rust } from './rust.ts'
import { science } from './science.ts'
import { scripting } from './scripting.ts'
import { setup } from './setup.ts'
import { setupMore } from './setup-more.ts'
import { symptoms } from './symptoms.ts'
import { testRunners } from './test-runners.ts'
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
  ...apple,
  ...compiled,
  ...crashes,
  ...configuration,
  ...cppBuild,
  ...cppTests,
  ...testRunners,
  ...functional,
  ...goMore,
  ...javascriptQuality,
  ...browsers,
  ...jvmMore,
  ...maven,
  ...mozilla,
  ...phpMore,
  ...prose,
  ...operations,
  ...pythonMore,
  ...rubyMore,
  ...science,
  ...scripting,
  ...setup,
  ...setupMore,
  ...packageTools,
  ...lint,
  ...lintMore,
  ...lintPlaces,
  ...projectRules,
  ...checkers,
  ...gates,
  ...languages,
  ...symptoms,
  ...generic,
]

const byId = new Map(library.map((pattern) => [pattern.id, pattern]))

export function patternById(id: string): Pattern | undefined {
  return byId.get(id)
}
