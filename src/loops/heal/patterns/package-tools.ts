import type { Pattern } from './pattern.ts'

/** Packages that tools cannot find or agree on, and pages that generators of sites cannot make. */
export const packageTools: readonly Pattern[] = [
  {
    id: 'ivy.unresolved',
    role: 'cause',
    tool: 'sbt',
    literals: ['::          UNRESOLVED DEPENDENCIES', ': not found', 'module not found: ', 'unresolved dependency: '],
    regex:
      /^\[(?:warn|error)\] \t?(?:::\s{1,10}UNRESOLVED DEPENDENCIES|:: [\w.-]{1,150}#[\w.-]{1,150};\S{1,80}: not found|module not found: )|unresolved dependency: \S{1,300}: not found/,
    category: 'dep.resolve',
    weight: 0.92,
    phase: 'prepare',
    span: { after: 3 },
    says: 'a library cannot be found',
    examples: {
      matches: [
        '[warn] \t:: com.example#cart_2.13;1.0: not found',
        '[warn] \tmodule not found: com.example#cart_2.13;1.0',
        'sbt.ResolveException: unresolved dependency: com.example#cart;1.0-SNAPSHOT: not found',
      ],
      not: ['[warn] \t==== local: tried'],
    },
  },
  {
    id: 'package.unsatisfied',
    role: 'cause',
    literals: [
      'Unsatisfied dependency: ',
      'Unable to satisfy the following requirements',
      'Failed to resolve dependencies, try updating',
      'No results matching query',
      'Could not satisfy dependency',
      'Failed installing dependency: ',
      'DistributionNotFound: ',
      '-- CORRUPT CACHE',
      '-- INCOMPATIBLE DEPENDENCIES',
      'has no shared framework schemes',
      'This could be due to a typo in :dependencies',
      'was found matching the dependency',
      'no package called ',
      '> Could not resolve ',
    ],
    regex:
      /^\s{0,8}(?:Error: +)?Unsatisfied dependency: |^(?:Error: )?Unable to satisfy the following requirements|^Failed to resolve dependencies, try updating|^Error: (?:No results matching query|Could not satisfy dependency|Failed installing dependency: )|DistributionNotFound: |^-- (?:CORRUPT CACHE|INCOMPATIBLE DEPENDENCIES)|has no shared framework schemes|^This could be due to a typo in :dependencies|No package \S{1,100} was found matching the dependency|no package called ['‘]\S{1,80}['’]|^> Could not resolve \S{1,200}:\S{1,100}\.$/,
    category: 'dep.resolve',
    weight: 0.88,
    phase: 'prepare',
    span: { after: 4 },
    says: 'a package that is needed cannot be found or agreed on',
    examples: {
      matches: [
        '     Error: Unsatisfied dependency: nim (>= 1.4.8)',
        'Unable to satisfy the following requirements:',
        'Error: No results matching query were found for Lua 5.1.',
        'Error: Failed installing dependency: https://rocks.example/cart-1.0-1.rockspec',
        "pkg_resources.DistributionNotFound: The 'cart>=2' distribution was not found",
        '> Could not resolve com.example:cart:1.0.',
      ],
      not: ['> Could not resolve host', 'all dependencies satisfied'],
    },
  },
  {
    id: 'site.render',
    role: 'cause',
    tool: 'hugo',
    literals: [
      'Liquid Exception: ',
      'Liquid syntax error',
      'Error building site: ',
      'failed to render pages: ',
      'failed to extract shortcode',
      'Error: error building site',
    ],
    regex:
      /^\s{0,8}Liquid Exception: |Liquid syntax error \(|^(?:Error: |ERROR .{0,40})?[Ee]rror building site: |failed to render pages: |failed to extract shortcode/,
    category: 'code.compile',
    weight: 0.84,
    phase: 'build',
    span: { after: 2 },
    says: 'a page of the site cannot be made',
    examples: {
      matches: [
        "  Liquid Exception: Liquid syntax error (line 12): Unknown tag 'cart' in cart.md",
        'Error: Error building site: failed to render pages: execute of template failed',
      ],
      not: ['building site'],
    },
  },
  {
    id: 'small-compiler.error',
    role: 'cause',
    literals: ['luac: ', '.vala:', '.pas(', '.purs:'],
    regex:
      /^luac(?:5\.\d)?: \S{1,300}:\d{1,7}: |^(?<file>\S{1,300}\.vala):(?<line>\d{1,7})\.\d{1,6}-\d{1,7}\.\d{1,6}: error: |^\S{1,300}\.pas\(\d{1,7},\d{1,6}\) (?:Fatal|Error): |^(?:at )?\S{1,300}\.purs:\d{1,7}:\d{1,6} - \d/,
    category: 'code.compile',
    weight: 0.88,
    phase: 'build',
    span: { after: 3 },
    says: 'the compiler rejects the code',
    examples: {
      matches: [
        "luac: src/cart.lua:12: '=' expected near 'total'",
        "src/cart.vala:12.4-12.9: error: The name `total' does not exist",
        'cart.pas(12,4) Error: Identifier not found "Total"',
      ],
      not: ['cart.vala:12: warning'],
    },
  },
  {
    id: 'device.missing',
    role: 'cause',
    literals: [
      'seconds for simulator to boot',
      'VT-x is not available',
      'cannot connect to X server',
      'error: device offline',
      'licences have not been accepted',
      'licenses have not been accepted',
      'Could not start virtual machine',
      'The simulator failed to start',
    ],
    regex:
      /seconds for simulator to boot|VT-x is not available|cannot connect to X server|^error: device offline|licen[cs]es have not been accepted|Could not start virtual machine|The simulator failed to start/,
    category: 'infra.provision',
    weight: 0.82,
    says: 'a device or a part of the machine is not ready',
    examples: {
      matches: [
        'iPhoneSimulator: Timed out waiting 120 seconds for simulator to boot, current state is 1.',
        '> Failed to install the following Android SDK packages as some licences have not been accepted.',
      ],
      not: ['simulator booted'],
    },
  },
  {
    id: 'php.memory',
    role: 'cause',
    tool: 'php',
    literals: ['Allowed memory size of '],
    regex: /Fatal error:\s{1,2}Allowed memory size of \d{1,15} bytes exhausted/,
    category: 'res.oom',
    weight: 0.9,
    says: 'PHP ran out of the memory that it may use',
    examples: {
      matches: ['PHP Fatal error:  Allowed memory size of 134217728 bytes exhausted (tried to allocate 20480 bytes)'],
      not: ['Allowed memory size of PHP'],
    },
  },
]
