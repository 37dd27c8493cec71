import { buildLog, generator } from '../build-log.ts'

/** The ways in which the runs of this bench break, in turn. */
const kinds: readonly ((word: string) => readonly string[])[] = [
  (word) => [`fetch-pack: unexpected disconnect while reading sideband packet from ${word}`, 'fatal: early EOF'],
  (word) => [`src/${word}.ts(12,7): error TS2322: Type 'string' is not assignable to type 'number'.`],
  (word) => [`Error: read ECONNRESET from ${word}`],
  (word) => [
    `not ok 41 - ${word} counts the basket`,
    '  ---',
    "  failureType: 'testCodeFailure'",
    `  error: '${word}: expected 3 to equal 4'`,
    '  ...',
  ],
]

const fewestLines = 500
const mostLines = 5_000
const linesAfterTheCause = 30

/**
 * The log of the nth failure: a build that goes well for 500 to 5,000 lines, then one of the kinds, then what tools still
 * say before they end. The word makes it a family of its own where the tool allows, so that it is not one of a mass.
 */
export function failureLog(n: number): readonly string[] {
  const random = generator(n + 1)
  const lines = Math.round(fewestLines + random() * (mostLines - fewestLines))
  const cause = kinds[n % kinds.length]?.(wordOf(n)) ?? []
  return [
    '##[group]Run npm test',
    '##[endgroup]',
    ...buildLog(random, lines - cause.length - linesAfterTheCause - 3),
    ...cause,
    ...buildLog(random, linesAfterTheCause),
    '##[error]Process completed with exit code 1.',
  ]
}

/** The log of the job when it passes after the nth failure. */
export function passingLog(n: number): readonly string[] {
  const random = generator(1_000_000 + n)
  const lines = Math.round(fewestLines + random() * (mostLines - fewestLines))
  return ['##[group]Run npm test', '##[endgroup]', ...buildLog(random, lines - 2)]
}

const syllables = ['ba', 'de', 'fi', 'go', 'ku', 'la', 'me', 'ni', 'po', 'ru']

/** A word of letters, because numbers are masked in fingerprints. */
function wordOf(n: number): string {
  return [...String(n)].map((digit) => syllables[Number(digit)]).join('')
}
