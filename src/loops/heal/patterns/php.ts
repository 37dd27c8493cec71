import type { Pattern } from './pattern.ts'

/** PHP: composer, phpunit. */
export const php: readonly Pattern[] = [
  {
    id: 'phpunit.failed-test',
    role: 'cause',
    tool: 'phpunit',
    literals: ['Test::', '::test'],
    regex: /^\d{1,6}\) (?<test>[A-Za-z_][\w\\]{2,200}::\w{1,200}.{0,200})$/,
    category: 'code.test',
    weight: 0.93,
    phase: 'test',
    span: { after: 14 },
    says: 'a test failed',
    examples: { matches: ['1) Shop\\Tests\\CartTest::testAddsUp'], not: ['1) Cart adds up'] },
  },
  {
    id: 'phpunit.totals',
    role: 'result',
    tool: 'phpunit',
    literals: ['Tests: '],
    regex:
      /^Tests: (?<run>\d{1,7}), Assertions: \d{1,9}(?:, Errors: (?<errors>\d{1,7}))?(?:, Failures: (?<failed>\d{1,7}))?(?:.{0,60}?, Skipped: (?<skipped>\d{1,7}))?/,
    weight: 0.2,
    phase: 'test',
    says: 'phpunit counts its tests',
    examples: { matches: ['Tests: 12, Assertions: 34, Failures: 1, Skipped: 2.'], not: ['Tests: 1 failed'] },
  },
  {
    id: 'php.error',
    role: 'cause',
    tool: 'php',
    literals: ['PHP Fatal error', 'PHP Parse error', 'Fatal error: ', 'Parse error: '],
    regex:
      /^(?:PHP )?(?:Fatal error: {1,2}(?:Uncaught )?|Parse error: {1,2}).{1,1000}? in (?<file>\S{1,300}\.(?:php|phpt|inc))(?: on line |:)(?<line>\d{1,7})/,
    category: 'code.compile',
    weight: 0.8,
    says: 'PHP rejects the code',
    examples: {
      matches: ['PHP Parse error:  syntax error, unexpected end of file in /app/cart.php on line 12'],
      not: ['Fatal error'],
    },
  },
  {
    id: 'composer.resolve',
    role: 'cause',
    tool: 'composer',
    literals: [
      'Your requirements could not be resolved',
      'requirements could not be resolved',
      'could not be found in any version',
      'Root composer.json requires',
    ],
    regex:
      /Your requirements could not be resolved to an installable set|could not be found in any version|Root composer\.json requires \S{1,200} .{1,200}(?:but|found)/,
    category: 'dep.conflict',
    weight: 0.9,
    phase: 'prepare',
    span: { after: 8 },
    says: 'composer finds no set of versions that fits',
    examples: {
      matches: ['Your requirements could not be resolved to an installable set of packages.'],
      not: ['resolved'],
    },
  },
]
