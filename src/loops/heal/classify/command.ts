import type { Category } from '../../../model/diagnosis.ts'

/** Commands whose failure means one thing, whatever words they print. */
const meanings: readonly (readonly [RegExp, Category])[] = [
  [
    /\b(?:awesome_bot|awesome-bot|linkcheck|link-check|check-links|lychee|htmlproofer|html-proofer|markdown-link-check|linkinator|linkchecker|htmltest|blc|muffet|liche|deadlink)\b/i,
    'code.links',
  ],
  [
    /lint|\b(?:checkstyle|perlcritic|rubocop|flake8|pycodestyle|pydocstyle|prettier|shellcheck|codespell|clang-format|clang-tidy|gofmt|rustfmt|scalafmt|spotless|vale|proselint|mdl|isort|ruff|credo|dialyzer|phpcs|phpstan|psalm|php-cs-fixer|clj-kondo|detekt|golangci|shfmt|ormolu|ocamlformat|cljfmt|commitlint|yamllint|editorconfig-checker|textlint|misspell)\b|\b(?:fmt|format|style)\b.{0,20}check|check.{0,20}\b(?:fmt|format|formatting|style|spelling)\b/i,
    'code.quality',
  ],
]

/** What the failed command's own name says about its failure: a hint that stands only where the lines say nothing. */
export function commandSays(name: string | undefined): readonly { category: Category; score: number }[] {
  if (name === undefined) return []
  const found = meanings.find(([words]) => words.test(name.slice(0, 300)))
  return found === undefined ? [] : [{ category: found[1], score: 0.62 }]
}

/** What the exit code alone says. `timeout` ends with 124; shells add the number of the signal to 128. */
export function exitSays(exitCode: number | undefined): readonly { category: Category; score: number }[] {
  if (exitCode === 124) return [{ category: 'res.timeout_step', score: 0.75 }]
  if (exitCode !== undefined && crashCodes.has(exitCode)) return [{ category: 'code.crash', score: 0.6 }]
  if (exitCode === 126 || exitCode === 127) return [{ category: 'config.env', score: 0.5 }]
  return []
}

/** SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV. */
const crashCodes = new Set([132, 133, 134, 135, 136, 139])
