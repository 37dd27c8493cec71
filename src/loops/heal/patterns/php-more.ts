import type { Pattern } from './pattern.ts'

/** PHP's static analysis, style and behaviour tests. */
export const phpMore: readonly Pattern[] = [
  {
    id: 'phpstan.found',
    role: 'cause',
    tool: 'phpstan',
    literals: ['[ERROR] Found ', '.php', 'ERROR: ', ' errors found', 'Ignored error pattern '],
    regex:
      /^\s{0,3}\[ERROR\] Found [1-9]\d{0,6} errors?|^\s{1,3}Line {3,6}\S{1,250}\.php|^(?:ERROR: [A-Z]\w{3,60} - (?<file>\S{1,300}\.php):(?<line>\d{1,7}):\d{1,6})|^[1-9]\d{0,6} errors found$|Ignored error pattern .{1,300} was not matched/,
    category: 'code.quality',
    weight: 0.9,
    span: { after: 8 },
    says: 'static analysis rejects the code',
    examples: {
      matches: [
        ' [ERROR] Found 2 errors',
        '  Line   src/Cart.php',
        'ERROR: InvalidReturnType - src/Cart.php:12:7 - wrong',
      ],
      not: [' [OK] No errors'],
    },
  },
  {
    id: 'phpcs.found',
    role: 'cause',
    tool: 'phpcs',
    literals: ['FOUND ', ' | ERROR', '.php', ' begin diff ', ' files that can be fixed'],
    regex:
      /^FOUND [1-9]\d{0,6} ERRORS?|^\s{0,4}\d{1,7} \| ERROR {1,3}\| |^\s{1,6}\d{1,5}\) (?<file>\S{1,250}\.php)(?: \([\w, /]{3,300}\))?$|^-{3,30} begin diff -{3,30}$|^Found [1-9]\d{0,6} of \d{1,7} files that can be fixed/,
    category: 'code.quality',
    weight: 0.88,
    span: { before: 2, after: 8 },
    says: 'the code breaks a style rule',
    examples: {
      matches: [
        'FOUND 2 ERRORS AFFECTING 1 LINE',
        ' 12 | ERROR | [x] Expected 1 space',
        '   1) src/Cart.php (braces, no_unused_imports)',
      ],
      not: ['FOUND 0 ERRORS'],
    },
  },
  {
    id: 'behat.failed',
    role: 'cause',
    tool: 'behat',
    literals: ['--- Failed scenarios:', '--- Failed steps:', ' example (', ' examples (', 'There '],
    regex:
      /^--- Failed (?:scenarios|steps):|^\d{1,7} examples? \((?:.{0,60}, )?[1-9]\d{0,6} (?:failed|broken)|^There (?:was 1 (?:failure|error)|were [1-9]\d{0,6} (?:failures|errors)):$/,
    category: 'code.test',
    weight: 0.88,
    phase: 'test',
    span: { after: 10 },
    says: 'tests failed',
    examples: {
      matches: [
        '--- Failed scenarios:',
        'There was 1 failure:',
        'There were 3 errors:',
        '12 examples (11 passed, 1 failed)',
      ],
      not: ['12 examples (12 passed)'],
    },
  },
  {
    id: 'phpunit.other',
    role: 'cause',
    tool: 'phpunit',
    literals: ['FAILURES!', 'ERRORS!'],
    regex: /^(?:FAILURES!|ERRORS!)$/,
    category: 'code.test',
    weight: 0.6,
    phase: 'test',
    says: 'tests failed',
    examples: { matches: ['FAILURES!', 'ERRORS!'], not: ['OK, but incomplete, skipped, or risky tests!'] },
  },
  {
    id: 'php.setup',
    role: 'cause',
    literals: [
      'Cannot open file "',
      'requires php',
      'requires ext-',
      'requested PHP extension ',
      'Could not open input file: ',
      'The lock file is not up to date',
      'is not present in the lock file',
      'does not contain valid JSON',
      'Could not parse version constraint',
    ],
    regex:
      /^Cannot open file "|requires (?:php|ext-)\S{0,60} .{0,200}(?:your|missing|not)|requested PHP extension .{1,100}missing|^Could not open input file: |The lock file is not up to date|is not present in the lock file|does not contain valid JSON|Could not parse version constraint/,
    category: 'config.env',
    weight: 0.8,
    phase: 'prepare',
    says: 'PHP or a file that it needs is not as expected',
    examples: {
      matches: [
        'Could not open input file: artisan',
        '- cart/cart v1.0 requires php ^7.2 -> your php version (7.1.3) does not satisfy that requirement.',
        '- The requested PHP extension ext-intl * is missing from your system.',
      ],
      not: ['PHP 7.2 is used'],
    },
  },
  {
    id: 'composer.other',
    role: 'cause',
    tool: 'composer',
    literals: [
      'could not be downloaded',
      'Could not find package ',
      'Composer\\Downloader\\TransportException',
      'Failed to download ',
      'Installation failed, reverting',
    ],
    regex:
      /could not be downloaded|Could not find package \S|Composer\\Downloader\\TransportException|Failed to download \S{1,200} from dist|Installation failed, reverting/,
    category: 'dep.resolve',
    weight: 0.75,
    phase: 'prepare',
    says: 'composer cannot fetch a package',
    examples: {
      matches: [
        'Could not find package cart/cart with stability stable.',
        'Installation failed, reverting ./composer.json to its original content.',
      ],
      not: ['Package operations: 3 installs'],
    },
  },
]
