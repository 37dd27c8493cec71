import type { Phase } from '../../../model/diagnosis.ts'

/** Words of step names, sections and commands, the telling ones first. */
const words: readonly (readonly [RegExp, Phase])[] = [
  [/^(?:after_|post |post-|cleanup|archive_cache|upload_artifacts|complete job)/i, 'post'],
  [
    /^(?:resolve_secrets|prepare_executor|prepare_script|set up job|operating system|runner image|system_info|initialize containers)/i,
    'provision',
  ],
  [
    /actions\/checkout|git clone|git fetch|git checkout|git submodule|get_sources|\bcheckout\b|github\.com\/.{1,200}\.git\b/i,
    'checkout',
  ],
  [/actions\/cache|restore_cache|cache\.\d|setup-cache|restore cache|save cache/i, 'restore'],
  [
    /\b(?:deploy|publish|release|rollout|kubectl|helm|terraform apply|docker push|npm publish|twine|semantic-release|promote)\b/i,
    'deploy',
  ],
  [
    /\b(?:install|npm ci|bundle|restore|pip|apt|apt-get|brew|yarn --frozen|pnpm i|go mod|composer|gem|setup|download_artifacts|dependencies|nvm|rvm|sdkman|setup-\w+)\b|actions\/setup-/i,
    'prepare',
  ],
  [
    /\b(?:test|tests|spec|rspec|pytest|jest|vitest|mocha|tox|nosetests|phpunit|check|verify|e2e|ctest|coverage|lint|eslint|style|format)\b|test/i,
    'test',
  ],
  [/\b(?:package|docker build|dist|bundle up|pack|wheel|sdist|jar)\b/i, 'package'],
  [/\b(?:build|compile|make|cmake|tsc|webpack|assemble|javac|gcc|msbuild)\b/i, 'build'],
]

/** The phase that a step's name or command tells, if it tells one. Works on the first 300 characters. */
export function phaseOf(name: string): Phase | undefined {
  const bounded = name.slice(0, 300).replace(/^Run /, '')
  return words.find(([word]) => word.test(bounded))?.[1]
}
