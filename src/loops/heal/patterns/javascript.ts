import type { Pattern } from './pattern.ts'

/** Node's own failures and its bundlers and module loaders. */
export const javascript: readonly Pattern[] = [
  {
    id: 'node.module-missing',
    role: 'cause',
    tool: 'node',
    literals: [
      'Cannot find module',
      'Cannot find package',
      'ERR_MODULE_NOT_FOUND',
      "Can't resolve '",
      'Could not resolve "',
      'failed to resolve import',
    ],
    regex:
      /(?:Error(?: \[ERR_MODULE_NOT_FOUND\])?: |Module not found: .{0,80})?(?:Cannot find (?:module|package) ['"]|Can't resolve '|Could not resolve "|failed to resolve import)/i,
    category: 'code.compile',
    weight: 0.66,
    says: 'a module cannot be found',
    examples: {
      matches: [
        "Error: Cannot find module './missing.js'",
        "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'left-pad' imported from /app/a.js",
        "Module not found: Error: Can't resolve './x' in '/app/src'",
      ],
      not: ['module found'],
    },
  },
  {
    id: 'node.syntax',
    role: 'cause',
    tool: 'node',
    literals: ['SyntaxError: '],
    regex:
      /^(?:\S{0,200}: )?(?:Uncaught )?SyntaxError: (?:Unexpected|Invalid or unexpected|Missing|Identifier|Cannot use import|The requested module|await is only|Unterminated|.{1,200} \(\d{1,6}:\d{1,6}\))/,
    category: 'code.compile',
    weight: 0.75,
    says: 'the code is not valid JavaScript',
    examples: {
      matches: [
        "SyntaxError: Unexpected token '}'",
        'SyntaxError: The requested module ./a.js does not provide an export named b',
      ],
      not: ['expected SyntaxError'],
    },
  },
  {
    id: 'bundler.error',
    role: 'cause',
    literals: [
      'ERROR in ',
      'Failed to compile',
      '[vite]: Rollup failed',
      'Build failed with ',
      'RollupError',
      '[ERROR] ',
    ],
    regex:
      /^(?:ERROR in \.?\/?\S|Failed to compile\.|\[vite\]: Rollup failed|Build failed with [1-9]\d{0,4} errors?|RollupError:|[✘X] \[ERROR\] )/,
    category: 'code.compile',
    weight: 0.75,
    phase: 'build',
    says: 'the bundler rejects the code',
    examples: {
      matches: ['ERROR in ./src/index.js 3:4', 'Failed to compile.', '✘ [ERROR] Expected ";" but found "}"'],
      not: ['[ERROR] Failed to execute goal'],
    },
  },
  {
    id: 'node.crash',
    role: 'cause',
    tool: 'node',
    literals: ['FATAL ERROR: ', 'Fatal JavaScript ', '# Fatal error in'],
    regex: /^(?:FATAL ERROR: (?!.{0,80}heap)|Fatal JavaScript|# Fatal error in)/,
    category: 'code.crash',
    weight: 0.75,
    says: 'Node itself crashed',
    examples: {
      matches: ['FATAL ERROR: v8::ToLocalChecked Empty MaybeLocal.'],
      not: ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'],
    },
  },
  {
    id: 'npm.lifecycle',
    role: 'hint',
    tool: 'npm',
    literals: ['npm ERR!', 'npm error', 'ELIFECYCLE', 'error Command failed with exit code'],
    regex: /^(?:npm (?:ERR!|error)|\s?ELIFECYCLE|error Command failed with exit code)/,
    weight: 0.16,
    says: 'npm repeats that a script failed',
    examples: {
      matches: ['npm ERR! Test failed.  See above for more details.', 'npm error Lifecycle script `test` failed'],
      not: ['npm warn deprecated'],
    },
  },
  {
    id: 'npm.script-missing',
    role: 'cause',
    tool: 'npm',
    literals: ['issing script', 'Command "', "Couldn't find a script named", 'ERR_PNPM_NO_SCRIPT'],
    regex:
      /[Mm]issing script: ?"?\S|^error Command "[^"]{1,100}" not found|Couldn't find a script named|ERR_PNPM_NO_SCRIPT/,
    category: 'config.workflow',
    weight: 0.88,
    says: 'the pipeline calls a script that is not there',
    examples: {
      matches: ['npm error Missing script: "biuld"', 'error Command "tset" not found.'],
      not: ['script found'],
    },
  },
  {
    id: 'npm.lock-out-of-step',
    role: 'cause',
    tool: 'npm',
    literals: [
      'can only install packages when your package',
      'ERR_PNPM_OUTDATED_LOCKFILE',
      'needs to be updated, but yarn was run with',
      'YN0028',
      'Your lockfile needs to be updated',
      'is not in sync',
      'ERR_PNPM_LOCKFILE',
    ],
    regex:
      /can only install packages when your package|ERR_PNPM_OUTDATED_LOCKFILE|needs to be updated, but yarn was run with|YN0028|Your lockfile needs to be updated|lock file.{0,80} is not in sync|ERR_PNPM_LOCKFILE/,
    category: 'dep.resolve',
    weight: 0.93,
    transience: { verdict: 'deterministic', why: 'the lock file stays as it is until somebody changes it' },
    says: 'the lock file is out of step',
    examples: {
      matches: [
        'npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.',
      ],
      not: ['packages are in sync'],
    },
  },
  {
    id: 'npm.not-found',
    role: 'cause',
    tool: 'npm',
    literals: [
      'ETARGET',
      'E404',
      'No matching version found',
      'is not in this registry',
      'is not in the npm registry',
      "Couldn't find package",
      "Couldn't find any versions for",
      'ERR_PNPM_FETCH_404',
      'ERR_PNPM_NO_MATCHING_VERSION',
      'YN0035',
    ],
    regex:
      /\bcode (?:ETARGET|E404)\b|No matching version found for|is not in (?:this|the npm) registry|Couldn't find package "|Couldn't find any versions for "|ERR_PNPM_FETCH_404|ERR_PNPM_NO_MATCHING_VERSION|YN0035/,
    category: 'dep.resolve',
    weight: 0.92,
    phase: 'prepare',
    says: 'a package or its version does not exist',
    examples: {
      matches: [
        'npm ERR! code ETARGET',
        'npm error 404  left-padd@* is not in this registry.',
        'npm error notarget No matching version found for react@99.0.0.',
      ],
      not: ['code 0'],
    },
  },
  {
    id: 'npm.conflict',
    role: 'cause',
    tool: 'npm',
    literals: [
      'ERESOLVE',
      'EPEERINVALID',
      'EBADENGINE',
      'The engine "node" is incompatible',
      'Found incompatible module',
      'ERR_PNPM_UNSUPPORTED_ENGINE',
      'ERR_PNPM_PEER',
    ],
    regex:
      /(?:code|ERR!|error) ERESOLVE|ERESOLVE (?:unable|could not)|EPEERINVALID|(?:code|error) EBADENGINE|The engine "\w{1,20}" is incompatible|Found incompatible module|ERR_PNPM_UNSUPPORTED_ENGINE|ERR_PNPM_PEER/,
    category: 'dep.conflict',
    weight: 0.92,
    phase: 'prepare',
    says: 'two packages want different versions of a third',
    examples: {
      matches: [
        'npm error code ERESOLVE',
        'npm ERR! ERESOLVE unable to resolve dependency tree',
        'error foo@1.0.0: The engine "node" is incompatible with this module.',
      ],
      not: ['npm warn EBADENGINE Unsupported engine'],
    },
  },
  {
    id: 'npm.integrity',
    role: 'cause',
    tool: 'npm',
    literals: ['EINTEGRITY', 'Integrity check failed', 'ERR_PNPM_TARBALL_INTEGRITY', 'sha512-'],
    regex:
      /code EINTEGRITY|Integrity check failed for|ERR_PNPM_TARBALL_INTEGRITY|integrity checksum failed when using sha/,
    category: 'dep.integrity',
    weight: 0.95,
    phase: 'prepare',
    says: 'a package is not what its checksum promises',
    examples: { matches: ['npm error code EINTEGRITY'], not: ['integrity sha512-abc'] },
  },
]
