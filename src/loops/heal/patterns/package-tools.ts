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
    id: 'site.link-status',
    role: 'cause',
    tool: 'htmltest',
    literals: ['Non-OK status: ', ' --> http'],
    regex: /^\s{0,4}Non-OK status: \d{3} --- |^\s{0,4}.{1,200} --- .{1,300} --> https?:/,
    category: 'code.links',
    weight: 0.92,
    says: 'a link is dead',
    examples: {
      matches: ['  Non-OK status: 404 --- guide/index.html --> https://gone.example/page'],
      not: ['guide --> done'],
    },
  },
]
