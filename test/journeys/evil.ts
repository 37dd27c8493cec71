/** Text that wants to be more than text, and secrets that nobody should keep: all made up, all made here. */

/** If any shell ever reads what should only be shown, this appears. */
export function evilText(marker: string): string {
  return [
    '\u001b[2J\u001b]0;owned\u0007\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\\u009b31m',
    '<img src=x onerror="window.owned=1"><script>window.owned=1</script>',
    `$(touch ${marker}) \`touch ${marker}\` ; touch ${marker} | '"; drop table runs; --`,
    '\u202Egnp.exe\u2066\u2069\u200b',
  ].join(' ')
}

export const longWord = 'W'.repeat(10_000)

const letters = (seed: number, length: number) =>
  Array.from({ length }, (_, at) => 'kQ7vTz2mXb9RdW4hLs8GfJ1nYc6PpA3e'[(seed * 7 + at * 11 + (at >> 2)) % 32]).join('')

/** In pieces, so that nobody who looks for secrets finds any in this file. */
export const secrets = {
  github: `ghp${'_'}${letters(1, 36)}`,
  gitlab: `glpat${'-'}${letters(2, 20)}`,
  aws: `AKIA${letters(3, 16).toUpperCase()}`,
  slack: `xoxb${'-'}123456789012-123456789012-${letters(4, 24)}`,
  npm: `npm${'_'}${letters(5, 36)}`,
  password: `hunter-${letters(6, 18)}`,
  url: letters(7, 22),
  keyLine: letters(8, 64),
} as const

/** As they stand in real logs. */
export const leaks: readonly string[] = [
  `remote: token ${secrets.github} was refused`,
  `using ${secrets.gitlab} for the mirror`,
  `AWS_ACCESS_KEY_ID=${secrets.aws}`,
  `posting with ${secrets.slack}`,
  `//registry.example/:_authToken=${secrets.npm}`,
  `DB_PASSWORD=${secrets.password}`,
  `cloning https://deploy:${secrets.url}@git.example/shop.git`,
]

export const privateKey: readonly string[] = [
  `-----BEGIN RSA PRIVATE${' '}KEY-----`,
  secrets.keyLine,
  secrets.keyLine,
  `-----END RSA PRIVATE${' '}KEY-----`,
]
