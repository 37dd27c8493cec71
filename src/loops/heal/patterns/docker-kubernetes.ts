import type { Pattern } from './pattern.ts'

/** Images, containers, clusters and deployments. */
export const dockerKubernetes: readonly Pattern[] = [
  {
    id: 'image.unknown',
    role: 'cause',
    tool: 'docker',
    literals: [
      'manifest unknown',
      'manifest for ',
      'o such image',
      'pull access denied',
      'not found: manifest',
      'no matching manifest',
      'exec format error',
      'invalid reference format',
      'InvalidImageName',
      'repository does not exist',
    ],
    regex:
      /manifest unknown|manifest for \S{1,300} not found|[Nn]o such image:|pull access denied for|no matching manifest for|exec format error|invalid reference format|InvalidImageName|repository does not exist/,
    category: 'infra.image',
    weight: 0.9,
    phase: 'provision',
    says: 'the image does not exist or does not fit the machine',
    examples: {
      matches: [
        'Error response from daemon: manifest for node:99 not found: manifest unknown',
        'exec /usr/bin/sh: exec format error',
      ],
      not: ['image found'],
    },
  },
  {
    id: 'docker.daemon',
    role: 'cause',
    tool: 'docker',
    literals: [
      'Cannot connect to the Docker daemon',
      'docker daemon is not running',
      'error during connect: ',
      'failed to create shim',
      'ErrImagePull',
      'ImagePullBackOff',
      'failed to pull image',
      'Failed to pull image',
    ],
    regex:
      /Cannot connect to the Docker daemon|[Dd]ocker daemon is not running|error during connect: |failed to create shim|ErrImagePull|ImagePullBackOff|[Ff]ailed to pull image/,
    category: 'infra.provision',
    weight: 0.85,
    phase: 'provision',
    says: 'the container could not be provided',
    examples: {
      matches: [
        'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
        'Back-off pulling image: ImagePullBackOff',
      ],
      not: ['docker is running'],
    },
  },
  {
    id: 'docker.build-step',
    role: 'hint',
    tool: 'docker',
    literals: ['failed to solve', 'returned a non-zero code', 'did not complete successfully'],
    regex: /failed to solve(?: with frontend)?: |returned a non-zero code: \d|did not complete successfully: exit code/,
    weight: 0.35,
    phase: 'package',
    says: 'a step of the image build failed',
    examples: {
      matches: ['ERROR: failed to solve: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1'],
      not: ['solved'],
    },
  },
  {
    id: 'docker.copy-missing',
    role: 'cause',
    tool: 'docker',
    literals: [
      'failed to compute cache key',
      'COPY failed',
      'failed to calculate checksum of ref',
      'dockerfile parse error',
      'Dockerfile: no such file',
      'unknown instruction',
    ],
    regex:
      /failed to (?:compute cache key|calculate checksum of ref).{0,300}not found|COPY failed: |dockerfile parse error|[Uu]nknown instruction: |Dockerfile: no such file/,
    category: 'config.workflow',
    weight: 0.85,
    phase: 'package',
    says: 'the Dockerfile does not fit the sources',
    examples: {
      matches: [
        'ERROR: failed to compute cache key: "/dist": not found',
        'COPY failed: file not found in build context',
      ],
      not: ['cache key computed'],
    },
  },
  {
    id: 'kubernetes.apply',
    role: 'cause',
    tool: 'kubectl',
    literals: [
      'error validating',
      'Error from server (',
      'UPGRADE FAILED',
      'INSTALLATION FAILED',
      'error: unable to recognize',
      'exceeded quota',
      'ReconcileError',
    ],
    regex:
      /error validating (?:data|")|Error from server \((?!NotFound)|Error: (?:UPGRADE|INSTALLATION) FAILED|error: unable to recognize|exceeded quota: /,
    category: 'deploy.apply',
    weight: 0.85,
    phase: 'deploy',
    says: 'the cluster does not take the change',
    examples: {
      matches: [
        'Error: UPGRADE FAILED: cannot patch "shop"',
        'error: error validating "shop.yaml": error validating data',
      ],
      not: ['upgrade done', 'genisoimage:  INSTALLATION FAILED: [Errno 1]'],
    },
  },
  {
    id: 'kubernetes.health',
    role: 'cause',
    tool: 'kubectl',
    literals: [
      'exceeded its progress deadline',
      'CrashLoopBackOff',
      'eadiness probe failed',
      'iveness probe failed',
      'timed out waiting for the condition',
      'Health check failed',
      'smoke test failed',
    ],
    regex:
      /exceeded its progress deadline|CrashLoopBackOff|(?:[Rr]eadiness|[Ll]iveness) probe failed|timed out waiting for the condition|Health check failed|smoke test failed/i,
    category: 'deploy.health',
    weight: 0.85,
    phase: 'deploy',
    says: 'what was deployed does not become healthy',
    examples: {
      matches: [
        'error: deployment "shop" exceeded its progress deadline',
        'error: timed out waiting for the condition on deployments/shop',
      ],
      not: ['probe passed'],
    },
  },
  {
    id: 'terraform.error',
    role: 'cause',
    tool: 'terraform',
    literals: ['│ Error: ', 'Error: Invalid ', 'Error: Unsupported argument', 'Error: error creating'],
    regex:
      /^│ Error: |^Error: (?:Unsupported argument|error creating |Invalid (?:resource|provider|reference|for_each))/,
    category: 'deploy.apply',
    weight: 0.75,
    phase: 'deploy',
    span: { after: 8 },
    says: 'Terraform cannot apply the change',
    examples: { matches: ['│ Error: creating S3 Bucket: BucketAlreadyExists'], not: ['No errors'] },
  },
]
