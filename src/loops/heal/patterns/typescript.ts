import type { Pattern } from './pattern.ts'

/** The TypeScript compiler and what wraps it. */
export const typescript: readonly Pattern[] = [
  {
    id: 'typescript.error',
    role: 'cause',
    tool: 'tsc',
    literals: ['error TS'],
    regex: /^\s*(?<file>[^\s(:][^(:\n]{0,300})[(:](?<line>\d{1,7})[,:](?<column>\d{1,6})\)?(?::| -) error TS\d{4,5}: /,
    category: 'code.compile',
    weight: 0.95,
    phase: 'build',
    says: 'the TypeScript compiler rejects the code',
    examples: {
      matches: [
        "src/cart.ts(12,7): error TS2322: Type 'string' is not assignable to type 'number'.",
        "src/cart.ts:12:7 - error TS2322: Type 'string' is not assignable to type 'number'.",
      ],
      not: ['Found 0 errors. Watching for file changes.', 'see error TS2322 in the handbook'],
    },
  },
  {
    id: 'typescript.global-error',
    role: 'cause',
    tool: 'tsc',
    literals: ['error TS'],
    regex: /^\s*error TS(?:5\d{3}|6\d{3}|18\d{3}|2688): /,
    category: 'code.compile',
    weight: 0.85,
    phase: 'build',
    says: 'the TypeScript compiler rejects its configuration',
    examples: {
      matches: [
        "error TS5023: Unknown compiler option 'strictt'.",
        'error TS18003: No inputs were found in config file',
      ],
      not: ['src/a.ts(1,1): error TS2304: Cannot find name'],
    },
  },
  {
    id: 'typescript.summary',
    role: 'hint',
    tool: 'tsc',
    literals: ['Found 1', 'Found 2', 'Found 3', 'Found 4', 'Found 5', 'Found 6', 'Found 7', 'Found 8', 'Found 9'],
    regex: /^Found [1-9]\d{0,5} errors?(?: in |\.)/,
    category: 'code.compile',
    weight: 0.4,
    says: 'the TypeScript compiler counts its errors',
    examples: {
      matches: ['Found 2 errors in the same file, starting at: src/a.ts:1', 'Found 1 error.'],
      not: ['Found 0 errors.'],
    },
  },
]
