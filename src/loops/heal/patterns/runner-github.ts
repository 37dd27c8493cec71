import type { Pattern } from './pattern.ts'

/** GitHub's runner, and runners that speak its language. */
export const runnerGithub: readonly Pattern[] = [
  {
    id: 'github.exit',
    role: 'exit',
    literals: ['Process completed with exit code'],
    regex: /^Process completed with exit code (?<exitCode>\d{1,10})\.?$/,
    weight: 0.05,
    says: 'the runner says that the step failed',
    examples: { matches: ['Process completed with exit code 1.'], not: ['Process completed with exit code zero'] },
  },
  {
    id: 'github.error-marker',
    role: 'hint',
    literals: ['##[error]', '::error'],
    regex: /^(?:##\[error\]|::error(?: |::))(?!Process completed with exit code|The operation was canceled)/,
    marked: true,
    weight: 0.45,
    says: 'marked as an error by the step itself',
    examples: {
      matches: ['##[error]Unable to find the artifact', '::error file=a.js,line=1::Missing semicolon'],
      not: ['##[error]Process completed with exit code 1.', '##[warning]Slow'],
    },
  },
  {
    id: 'github.runner-shutdown',
    role: 'cause',
    literals: [
      'The runner has received a shutdown signal',
      'lost communication with the server',
      'The hosted runner lost',
    ],
    regex: /The runner has received a shutdown signal|lost communication with the server|The hosted runner lost/,
    category: 'infra.runner_lost',
    weight: 0.95,
    says: 'the runner was lost',
    examples: {
      matches: [
        'The runner has received a shutdown signal. This can happen when the runner service is stopped',
        'The self-hosted runner: build-7 lost communication with the server.',
      ],
      not: ['The runner is ready'],
    },
  },
  {
    id: 'github.job-timeout',
    role: 'cause',
    literals: ['exceeded the maximum execution time', 'has timed out after'],
    regex:
      /(?:job|step|action).{0,200} (?:has exceeded the maximum execution time of|has timed out after) \d{1,9} ?(?:minutes|ms|milliseconds|seconds|h|m|s)/i,
    category: 'res.timeout_job',
    weight: 0.95,
    says: 'the job ran into its time limit',
    examples: {
      matches: [
        'The job running on runner GitHub Actions 2 has exceeded the maximum execution time of 360 minutes.',
        "The action 'Run tests' has timed out after 10 minutes.",
      ],
      not: ['the request has timed out after 3 tries'],
    },
  },
  {
    id: 'github.cancelled',
    role: 'hint',
    literals: ['The operation was canceled', 'The run was canceled by'],
    regex: /^(?:Error: )?(?:The operation was canceled\.?|The run was canceled by .{1,100})$/,
    category: 'human.cancelled',
    weight: 0.4,
    says: 'the job was cancelled',
    examples: {
      matches: ['The operation was canceled.', 'The run was canceled by @someone.'],
      not: ['The operation was successful'],
    },
  },
  {
    id: 'github.superseded',
    role: 'cause',
    literals: ['Canceling since a higher priority waiting request'],
    regex: /Canceling since a higher priority waiting request for .{1,300} exists/,
    category: 'superseded',
    weight: 0.95,
    says: 'a newer run of the same concurrency group took its place',
    examples: {
      matches: ["Canceling since a higher priority waiting request for 'ci-main' exists"],
      not: ['Canceling request'],
    },
  },
  {
    id: 'github.workflow-invalid',
    role: 'cause',
    literals: [
      'Unrecognized named-value',
      'The workflow is not valid',
      'Unexpected value ',
      "Unexpected input(s) '",
      'Unable to resolve action',
      'Invalid workflow file',
    ],
    regex:
      /Unrecognized named-value: '|The workflow is not valid|Invalid workflow file|^(?:Error: )?Unable to resolve action|Unexpected value '[^']{1,100}'$/,
    category: 'config.workflow',
    weight: 0.9,
    says: 'the workflow file is not valid',
    examples: {
      matches: [
        "The workflow is not valid. .github/workflows/ci.yml (Line: 4, Col: 1): Unexpected value 'jbos'",
        'Unable to resolve action `actions/checkout@v99`, unable to find version `v99`',
      ],
      not: ["Unexpected value 'x' in test"],
    },
  },
  {
    id: 'github.artifact-missing',
    role: 'cause',
    literals: [
      'Unable to find any artifacts',
      'Artifact not found',
      'Unable to download artifact',
      'No files were found with the provided path',
    ],
    regex:
      /Unable to find any artifacts|Artifact not found for name|Unable to download artifact\(s\)|No files were found with the provided path: .{0,500}No artifacts will be uploaded/,
    category: 'artifact.missing',
    weight: 0.8,
    says: 'an artifact that the job needs is not there',
    examples: {
      matches: ['Unable to download artifact(s): Artifact not found for name: dist'],
      not: ['Artifact dist has been uploaded'],
    },
  },
  {
    id: 'github.no-permission',
    role: 'cause',
    literals: ['Resource not accessible by', 'refusing to allow a'],
    regex:
      /Resource not accessible by (?:integration|personal access token)|refusing to allow an? .{1,80} to create or update workflow/,
    category: 'auth.permission',
    weight: 0.95,
    says: 'the token of the job lacks a permission',
    examples: { matches: ['HttpError: Resource not accessible by integration'], not: ['Resource accessible'] },
  },
]
