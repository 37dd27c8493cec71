import { expect, test } from 'vitest'
import { matchesPattern, matchesPatterns } from './pattern.ts'

// The examples of GitHub's filter pattern cheat sheet, and where patterns usually go wrong.
test.each([
  ['feature/*', 'feature/my-branch', true],
  ['feature/*', 'feature/beta/my-branch', false],
  ['feature/**', 'feature/beta-a/my-branch', true],
  ['main', 'main', true],
  ['main', 'maintenance', false],
  ['*', 'main', true],
  ['*', 'all/the/branches', false],
  ['**', 'all/the/branches', true],
  ['*feature', 'mona-feature', true],
  ['*feature', 'mona/feature', false],
  ['v2*', 'v2.9', true],
  ['v[12].[0-9]+.[0-9]+', 'v1.10.1', true],
  ['v[12].[0-9]+.[0-9]+', 'v3.10.1', false],
  ['*.jsx?', 'page.js', true],
  ['*.jsx?', 'page.jsx', true],
  ['*.jsx?', 'page.jsxx', false],
  ['*.js', 'sub/app.js', false],
  ['**.js', 'src/js/app.js', true],
  ['docs/*', 'docs/file.txt', true],
  ['docs/**', 'docs/mona/octocat.txt', true],
  ['docs/**/*.md', 'docs/README.md', true],
  ['docs/**/*.md', 'docs/a/markdown/file.md', true],
  ['docs/**/*.md', 'docs/a/file.txt', false],
  ['**/docs/**', 'docs/hello.md', true],
  ['**/docs/**', 'dir/docs/my-file.txt', true],
  ['**/docs/**', 'mydocs/hello.md', false],
  ['**/README.md', 'js/README.md', true],
  ['**/README.md', 'NOREADME.md', false],
  ['**/*src/**', 'my-src/code/js/app.js', true],
  ['**/migrate-*.sql', 'db/sept/migrate-v1.sql', true],
  ['\\*.md', '*.md', true],
  ['\\*.md', 'x.md', false],
  ['a+b', 'aaab', true],
  ['[abc', '[abc', true],
])('pattern %s on %s is %s', (pattern, name, expected) => {
  expect(matchesPattern(pattern, name)).toBe(expected)
})

test('the last pattern that matches decides', () => {
  expect(matchesPatterns(['**', '!docs/**'], 'docs/a.md')).toBe(false)
  expect(matchesPatterns(['**', '!docs/**', 'docs/keep.md'], 'docs/keep.md')).toBe(true)
  expect(matchesPatterns(['!docs/**'], 'src/a.ts')).toBe(false)
})

test('a pattern made to be slow is not', () => {
  const started = performance.now()
  expect(matchesPattern(`${'*a'.repeat(200)}b`, 'a'.repeat(5_000))).toBe(false)
  expect(performance.now() - started).toBeLessThan(2_000)
})
