import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sideEffects as sideEffectsOf } from './side-effects.ts'

type Looking = Parameters<typeof sideEffectsOf>[2]

function sideEffects(
  definition: Parameters<typeof sideEffectsOf>[0],
  jobs: readonly string[],
  how: Partial<Looking> = {},
): ReturnType<typeof sideEffectsOf> {
  return sideEffectsOf(definition, jobs, { dependants: true, redact: (text) => text, ...how })
}

type Kind = 'none' | 'some' | 'unknown'
type Case = readonly [about: string, expected: Kind, job: string]

/** A workflow with one job `it`, whose body is given with the indentation of a job's keys left out. */
function workflowWith(body: string): string {
  const indented = body
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
  return `on: push\njobs:\n  it:\n    runs-on: ubuntu-latest\n${indented}\n`
}

function verdictOf(text: string, jobs: readonly string[] = ['it']) {
  return sideEffects({ path: '.github/workflows/ci.yml', text }, jobs)
}

const run = (script: string) => `steps:\n  - run: ${JSON.stringify(script)}`
const uses = (action: string, inputs = '') =>
  `steps:\n  - uses: ${action}${inputs === '' ? '' : `\n    with: ${inputs}`}`

/** Reruns that would do damage, often well hidden. None may come out as `none`. */
const dangerous: readonly Case[] = [
  ['a plain publish', 'some', run('npm publish')],
  ['a publish behind flags', 'some', run('npm --registry "$R" publish --access public')],
  ['a publish at the end of a chain', 'some', run('npm ci && npm test && npm publish')],
  ['a publish in a subshell', 'some', run('(cd packages/a; npm publish)')],
  ['a publish in a condition', 'some', run('if [ "$A" = b ]; then npm publish; fi')],
  ['a publish in a loop', 'some', run('for p in packages/*; do (cd $p && npm publish); done')],
  ['a publish in command substitution', 'some', run('OUT=$(npm publish --json)')],
  ['a publish in backticks', 'some', run('OUT=`npm publish`')],
  ['a publish over two lines', 'some', run('npm \\\n  publish')],
  ['a publish given to bash -c', 'some', run("bash -c 'npm publish'")],
  ['a publish in bash -ec with sudo', 'some', run('sudo -u ci bash -ec "cd x && npm publish"')],
  ['a publish in a here-document for a shell', 'some', run('bash <<EOF\nnpm publish\nEOF')],
  ['a publish in eval', 'some', run('eval "npm publish"')],
  ['a publish in a trap', 'some', run("trap 'npm publish' EXIT")],
  ['a publish behind xargs', 'some', run('ls packages | xargs -n1 npm publish')],
  ['a publish behind a retry program', 'some', run('retry --times 3 -- npm publish')],
  ['a publish given as text to an unknown program', 'some', run('parallel "npm publish {}" ::: a b')],
  ['a publish behind timeout', 'some', run('timeout 60 npm publish')],
  ['a publish with assignments before it', 'some', run('NODE_AUTH_TOKEN=x npm publish')],
  ['a docker push', 'some', run('docker build -t a . && docker push a')],
  ['a docker build that pushes', 'some', run('docker buildx build --platform linux/amd64 --push -t a .')],
  ['kubectl apply from a pipe', 'some', run('envsubst < k.yml | kubectl apply -f -')],
  ['kubectl in another context', 'some', run('kubectl --context prod -n shop set image deploy/shop shop=$TAG')],
  ['helm upgrade', 'some', run('helm upgrade --install shop ./chart --set tag=$TAG')],
  ['terraform apply', 'some', run('terraform -chdir=infra apply -auto-approve')],
  ['terragrunt over all', 'some', run('terragrunt run-all apply --terragrunt-non-interactive')],
  ['git push', 'some', run('git commit -am x\ngit push origin HEAD:main')],
  ['git push in another folder', 'some', run('git -C site push --force')],
  ['a release by gh', 'some', run('gh release create v$V dist/*')],
  ['a dispatched workflow', 'some', run('gh workflow run deploy.yml')],
  ['an API call by gh', 'some', run('gh api -X POST repos/o/r/dispatches -f event_type=go')],
  ['twine', 'some', run('python -m twine upload dist/*')],
  ['setup.py upload', 'some', run('python setup.py sdist upload')],
  ['mvn deploy', 'some', run('./mvnw -B clean deploy -DskipTests')],
  ['gradle publish', 'unknown', run('./gradlew build publish')],
  ['an upload to a bucket', 'some', run('aws s3 sync ./dist s3://site --delete')],
  [
    'an unlisted aws call',
    'unknown',
    run('aws lambda update-function-code --function-name f --zip-file fileb://f.zip'),
  ],
  ['a post to the outside', 'some', run('curl -X POST https://hooks.example.com/x -d ok=1')],
  ['a post to a variable address', 'some', run('curl -sS --data "$BODY" "$HOOK"')],
  ['a post to a look-alike of localhost', 'some', run('curl -XPOST http://localhost.example.com/x')],
  ['a post past a login part', 'some', run('curl -d x http://localhost@evil.example.com/')],
  ['an upload by curl', 'some', run('curl -T app.zip ftp://example.com/')],
  ['rsync to another host', 'some', run('rsync -az dist/ user@host:/var/www')],
  ['ssh', 'some', run('ssh user@host "cd app && docker compose up -d"')],
  ['cargo publish', 'some', run('cargo publish')],
  ['semantic-release by npx', 'some', run('npx semantic-release@24')],
  ['pages by npx', 'some', run('npx gh-pages -d dist')],
  ['vercel', 'some', run('npx vercel deploy --prod --token=$T')],
  ['mkdocs', 'some', run('mkdocs gh-deploy --force')],
  ['a script named release', 'unknown', run('./scripts/release.sh')],
  ['a package script named deploy', 'unknown', run('npm run deploy:prod')],
  ['a make target named publish', 'unknown', run('make -C docs publish')],
  ['a subcommand in a variable', 'unknown', run('docker $ACTION app')],
  ['a migration of a database elsewhere', 'unknown', run('npx prisma migrate deploy')],
  ['psql elsewhere', 'unknown', run('psql "$URL" -c "delete from t"')],
  ['a deploying action', 'some', uses('peaceiris/actions-gh-pages@v4')],
  ['an action under another case', 'some', uses('Softprops/Action-GH-Release@v2')],
  ['an action that nobody knows', 'unknown', uses('someone/something@v1')],
  ['an action of the repository itself', 'unknown', uses('./.github/actions/ship-it')],
  ['a container action', 'unknown', uses('docker://alpine:3')],
  ['a build that pushes', 'some', uses('docker/build-push-action@v6', '{ push: true, tags: a/b }')],
  [
    'a build that pushes on a condition',
    'some',
    uses('docker/build-push-action@v6', `{ push: "\${{ github.ref == 'x' }}" }`),
  ],
  [
    'a build that pushes through its outputs',
    'some',
    uses('docker/build-push-action@v6', '{ outputs: "type=image,push=true" }'),
  ],
  [
    'a command hidden in a retry action',
    'some',
    uses('nick-fields/retry@v3', '{ command: "npm publish", max_attempts: 3 }'),
  ],
  ['free script with the token', 'unknown', uses('actions/github-script@v7', '{ script: "x()" }')],
  ['a deployment environment', 'some', `environment: production\n${run('npm test')}`],
  ['an environment with a URL', 'some', `environment:\n  name: staging\n  url: https://x\n${run('npm test')}`],
  [
    'a secret given to an unknown script',
    'unknown',
    `steps:\n  - run: ./go.sh\n    env:\n      KEY: \${{ secrets.API_KEY }}`,
  ],
  ['a secret for the whole job', 'unknown', `env:\n  KEY: \${{ secrets.API_KEY }}\n${run('npm test')}`],
  ['a secret by its index', 'unknown', `env:\n  KEY: \${{ secrets['API_KEY'] }}\n${run('npm test')}`],
  ['all secrets at once', 'unknown', `env:\n  ALL: \${{ toJSON(secrets) }}\n${run('npm test')}`],
  ['a secret inside the script', 'unknown', run(`./go.sh \${{ secrets.API_KEY }}`)],
  [
    'the repository token in unknown hands',
    'unknown',
    `steps:\n  - run: node tools/sync.js\n    env:\n      T: \${{ github.token }}`,
  ],
  ['write rights and an unknown script', 'unknown', `permissions: { contents: write }\n${run('./bump.sh')}`],
  ['all rights and an unknown script', 'unknown', `permissions: write-all\n${run('./bump.sh')}`],
  [
    'a cloud login before tests',
    'unknown',
    `steps:\n  - uses: aws-actions/configure-aws-credentials@v4\n  - run: go test ./...`,
  ],
  [
    'a registry login before an unknown script',
    'unknown',
    `steps:\n  - uses: docker/login-action@v3\n  - run: ./build.sh`,
  ],
  ['a reusable workflow', 'unknown', 'uses: ./.github/workflows/other.yml'],
  ['python as the shell', 'unknown', `permissions: { packages: write }\nsteps:\n  - shell: python\n    run: import os`],
  [
    'kubectl after a cloud login beside a local cluster',
    'some',
    `steps:\n  - uses: helm/kind-action@v1\n  - uses: azure/login@v2\n  - run: kubectl apply -f k8s`,
  ],
  ['a program in a variable', 'unknown', run('$TOOL publish')],
  ['a program that a command names', 'unknown', run('$(which npm) publish')],
  ['a name in pieces', 'some', run(`n''pm "pub"lish`)],
  ['a publish printed into a shell', 'some', run('echo "npm publish" | bash')],
  ['a publish by find', 'some', run('find packages -name package.json -execdir npm publish \\;')],
  ['a sourced script named deploy', 'unknown', run('source ./ci/deploy.sh')],
  ['a target in a variable', 'unknown', run('make $TARGET')],
  ['code inside python', 'unknown', run(`python -c "import os; os.system('npm publish')"`)],
  ['a nix shell', 'unknown', run("nix-shell --run 'npm publish'")],
  ['a job of another tool', 'unknown', run('npx nx release --yes')],
  ['a publish in the shell itself', 'some', `steps:\n  - shell: bash -c "npm publish; bash {0}"\n    run: npm test`],
  ['a git command of its own', 'unknown', run('git config alias.p push && git p')],
  ['an action that says it sets up a deploy', 'unknown', uses('someone/setup-deploy@v1')],
  ['arguments of a set-up action', 'unknown', uses('gradle/actions/setup-gradle@v4', '{ arguments: build publish }')],
  ['a linter that pushes', 'some', uses('wearerequired/lint-action@v2', '{ auto_fix: true }')],
  ['cancelling other runs', 'some', uses('styfle/cancel-workflow-action@0.12')],
  ['a merge key that hides a step', 'some', `<<: { steps: [{ run: npm publish }] }`],
]

/** Everyday jobs: blocking these would make the guard useless. */
const harmless: readonly Case[] = [
  ['install and test', 'none', run('npm ci\nnpm test')],
  [
    'a usual Node job',
    'none',
    `steps:\n  - uses: actions/checkout@v4\n  - uses: actions/setup-node@v4\n    with: { node-version: 22, cache: npm }\n  - run: npm ci\n  - run: npm run build\n  - run: npm run lint -- --max-warnings 0\n  - run: npx tsc --noEmit`,
  ],
  [
    'a usual Python job',
    'none',
    `steps:\n  - uses: actions/checkout@v4\n  - uses: actions/setup-python@v5\n  - run: |\n      python -m pip install --upgrade pip\n      pip install -r requirements.txt\n      ruff check .\n      pytest --cov=app`,
  ],
  [
    'a usual Go job',
    'none',
    `steps:\n  - uses: actions/setup-go@v5\n  - run: go vet ./...\n  - run: go test -race ./internal/deploy/...\n  - uses: golangci/golangci-lint-action@v6`,
  ],
  [
    'a usual Rust job',
    'none',
    `steps:\n  - uses: dtolnay/rust-toolchain@stable\n  - uses: Swatinem/rust-cache@v2\n  - run: cargo test --all-features --release`,
  ],
  ['a usual Java job', 'none', `steps:\n  - uses: actions/setup-java@v4\n  - run: ./mvnw -B verify`],
  ['gradle', 'none', `steps:\n  - uses: gradle/actions/setup-gradle@v4\n  - run: ./gradlew assembleRelease test`],
  [
    'a usual Ruby job',
    'none',
    `steps:\n  - uses: ruby/setup-ruby@v1\n    with: { bundler-cache: true }\n  - run: bundle exec rspec\n  - run: bundle exec rubocop`,
  ],
  [
    'coverage with its token',
    'none',
    `steps:\n  - run: npm test\n  - uses: codecov/codecov-action@v5\n    with: { token: "\${{ secrets.CODECOV_TOKEN }}" }`,
  ],
  [
    'artifacts',
    'none',
    `steps:\n  - run: make build\n  - uses: actions/upload-artifact@v4\n    with: { name: x, path: dist }`,
  ],
  ['an image built, not pushed', 'none', uses('docker/build-push-action@v6', '{ push: false, load: true }')],
  ['a publish that is only tried', 'none', run('npm publish --dry-run')],
  ['a publish that is only spoken of', 'none', run('echo "npm publish comes later"')],
  ['a publish in a comment', 'none', run('# npm publish\nnpm test')],
  ['a publish in a file that is written', 'none', run('cat > notes.md <<EOF\nnpm publish\nEOF')],
  ['a post to this machine', 'none', run('curl -X POST http://localhost:8080/orders -d @order.json')],
  ['a download', 'none', run('curl -fsSL https://example.com/tool.tgz | tar xz')],
  ['terraform checked', 'none', run('terraform init -backend=false && terraform validate && terraform fmt -check')],
  ['helm checked', 'none', run('helm lint charts/app && helm template charts/app')],
  [
    'tests in a cluster of their own',
    'none',
    `steps:\n  - uses: helm/kind-action@v1\n  - run: kubectl apply -f test/k8s\n  - run: helm upgrade --install app ./chart`,
  ],
  [
    "a migration of the job's own database",
    'none',
    `services:\n  db: { image: postgres }\nsteps:\n  - run: npx prisma migrate deploy\n  - run: npm test`,
  ],
  ['an unknown script without credentials', 'none', run('./scripts/check-headers.sh')],
  ['compose for tests', 'none', run('docker compose up -d db && npm run test:integration')],
  [
    'write rights that nothing unknown can use',
    'none',
    `permissions: { contents: write }\n${run('npm ci && npm test')}`,
  ],
  ['reading from a bucket', 'none', run('aws s3 cp s3://fixtures/data.json .')],
  ['a step that never runs', 'none', `steps:\n  - if: false\n    run: npm publish\n  - run: npm test`],
  ['a retried test', 'none', uses('nick-fields/retry@v3', '{ command: npm test, max_attempts: 3 }')],
  ['a diff guard', 'none', run('npm run generate && git diff --exit-code')],
  [
    'environment variables',
    'none',
    `env: { NODE_ENV: test }\n${run('NODE_OPTIONS=--max-old-space-size=4096 npm test')}`,
  ],
  [
    'a private registry for the install',
    'none',
    `steps:\n  - run: npm ci\n    env:\n      NODE_AUTH_TOKEN: \${{ secrets.NPM_READ }}\n  - run: npm test`,
  ],
]

describe('a rerun that would do damage is never taken for harmless', () => {
  test.each(dangerous)('%s: %s', (_about, expected, job) => {
    const { found } = verdictOf(workflowWith(job))
    expect(found.kind).toBe(expected)
    expect('why' in found ? found.why.join() : '').toContain('"it"')
  })
})

describe('an everyday job may be rerun', () => {
  test.each(harmless)('%s: %s', (_about, expected, job) => {
    expect(verdictOf(workflowWith(job)).found).toEqual({ kind: expected })
  })
})

describe('jobs and names', () => {
  const chain = `
jobs:
  test: { steps: [{ run: npm test }] }
  package: { needs: test, steps: [{ run: npm run build }] }
  deploy: { needs: [package], steps: [{ run: ./up.sh }] }
  docs: { name: "Docs for \${{ matrix.os }}", steps: [{ run: npm run docs }] }
  release: { name: Publish to npm, steps: [{ run: npm test }] }
`
  test('what a rerun would run behind the failed job counts', () => {
    const { found, jobs } = verdictOf(chain, ['test'])
    expect(jobs).toEqual(['test', 'package', 'deploy'])
    expect(found).toMatchObject({
      kind: 'some',
      why: ['Job "deploy", which would run behind it, may change something outside: its name says "deploy".'],
    })
  })
  test('stopping a job runs nothing behind it', () => {
    expect(sideEffects({ path: 'ci.yml', text: chain }, ['test'], { dependants: false })).toEqual({
      found: { kind: 'none' },
      jobs: ['test'],
    })
  })
  test.each(['docs', 'Docs for linux', 'Docs for macos (linux, 20)'])('a run shows the job docs as %s', (name) => {
    expect(verdictOf(chain, [name])).toEqual({ found: { kind: 'none' }, jobs: [name] })
  })
  test('a matrix cell belongs to its job', () => {
    expect(verdictOf(chain, ['test (ubuntu-latest, 22)']).jobs).toEqual([
      'test (ubuntu-latest, 22)',
      'package',
      'deploy',
    ])
  })
  test('a display name counts as much as a key', () => {
    expect(verdictOf(chain, ['Publish to npm']).found).toMatchObject({ kind: 'some' })
  })
  test('a job that the definition does not have is unknown', () => {
    expect(verdictOf(chain, ['other']).found).toMatchObject({ kind: 'unknown' })
  })
})

describe('jobs behind the failed one that this run rules out', () => {
  const gated = `
jobs:
  test: { steps: [{ run: npm test }] }
  deploy: { needs: test, if: "github.ref == 'refs/heads/main'", steps: [{ run: ./up.sh }] }
  announce: { needs: deploy, steps: [{ run: npm publish }] }
  cleanup: { needs: deploy, if: always(), steps: [{ run: npm run clean }] }
`
  const definition = { path: 'ci.yml', text: gated }
  const touchedOn = (ref: string) =>
    sideEffects(definition, ['test'], { dependants: true, trigger: { event: 'push', ref } })

  test('do not count, and neither does what needs them', () => {
    expect(touchedOn('refs/heads/topic')).toEqual({ found: { kind: 'none' }, jobs: ['test', 'cleanup'] })
  })
  test('count where the run does meet their condition', () => {
    expect(touchedOn('refs/heads/main')).toMatchObject({
      found: { kind: 'some' },
      jobs: ['test', 'deploy', 'announce', 'cleanup'],
    })
  })
  test('count when the run is not known', () => {
    expect(sideEffects(definition, ['test']).found.kind).toBe('some')
  })
})

test('of two jobs that bear one name neither is known to be the one that failed', () => {
  const text = `
jobs:
  check: { name: build, steps: [{ run: npm test }] }
  ship: { name: build, steps: [{ run: npm publish }] }
`
  expect(sideEffects({ path: 'ci.yml', text }, ['build']).found.kind).toBe('unknown')
})

test('a job is found by the name that it shows before another by its key', () => {
  const text = `
jobs:
  build: { name: Build, steps: [{ run: npm test }] }
  ship: { name: build, steps: [{ run: npm publish }] }
`
  expect(sideEffects({ path: 'ci.yml', text }, ['build']).found.kind).toBe('some')
})

describe('a secret in the definition', () => {
  const looking = { redact: (text: string) => text.replaceAll('hunter2', '***') }
  const text = `
jobs:
  hunter2: { name: hunter2, steps: [{ name: say hunter2, run: npm publish --otp hunter2 }] }
  next: { needs: hunter2, steps: [{ run: npm test }] }
`

  test('is the same mask as in the name that the run shows, and is quoted nowhere', () => {
    const touched = sideEffects({ path: 'ci.yml', text }, ['***'], looking)
    expect(touched).toMatchObject({ found: { kind: 'some' }, jobs: ['***', 'next'] })
    expect(JSON.stringify(touched)).not.toContain('hunter2')
  })
  test('of two jobs that are named alike without it none hides what the other does', () => {
    const both = `
jobs:
  hunter2: { steps: [{ run: npm publish }] }
  hunter3: { steps: [{ run: npm test }] }
`
    const redact = (said: string) => said.replace(/hunter\d/g, '***')
    expect(sideEffects({ path: 'ci.yml', text: both }, ['***'], { redact }).found.kind).toBe('unknown')
  })
  test('is not quoted of what cannot be read', () => {
    const touched = sideEffects({ path: 'ci.yml', text: 'jobs: hunter2: [' }, ['***'], looking)
    expect(touched.found.kind).toBe('unknown')
    expect(JSON.stringify(touched)).not.toContain('hunter2')
  })
})

describe('a definition that cannot be understood has side effects', () => {
  test.each([
    ['none', undefined],
    ["another vendor's", { path: '.gitlab-ci.yml', text: 'test: { script: [true] }' }],
    ['a Jenkinsfile', { path: 'Jenkinsfile', text: 'pipeline {}' }],
    ['broken', { path: 'ci.yml', text: 'jobs: [' }],
    ['of another shape', { path: 'ci.yml', text: 'jobs: { it: { steps: 7 } }' }],
    ['enormous', { path: 'ci.yml', text: `jobs: {}\n#${'x'.repeat(300_000)}` }],
    ['endlessly deep in keys', { path: 'ci.yml', text: '? '.repeat(30_000) }],
    ['endlessly deep', { path: 'ci.yml', text: `jobs: ${'['.repeat(50_000)}` }],
    [
      'a bomb of aliases',
      {
        path: 'ci.yml',
        text: `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\njobs: { it: { env: { A: *d, B: *d, C: *d } } }`,
      },
    ],
  ])('%s', (_about, definition) => {
    expect(sideEffects(definition, ['it']).found.kind).toBe('unknown')
  })

  test('whatever a script holds, it is judged at once and the judgement is the same again', () => {
    const bits = fc.constantFrom(
      'npm',
      'publish',
      '$(',
      ')',
      '`',
      '"',
      "'",
      '\\',
      '\n',
      '<<EOF',
      '&&',
      '|',
      '${{',
      '}}',
      ' ',
      'x',
      '(',
      '>',
      '#',
    )
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 60 }), (parts) => {
        const text = workflowWith(run(parts.join('')))
        expect(verdictOf(text)).toEqual(verdictOf(text))
      }),
      { numRuns: 300 },
    )
  })

  test.each(['$(', '`', '"', "bash -c '", '(', '<<A\n', '${{', 'x '])(
    'a script of 100,000 times %j is read within a second',
    (piece) => {
      const before = performance.now()
      verdictOf(workflowWith(run(piece.repeat(100_000 / piece.length))))
      expect(performance.now() - before).toBeLessThan(1_000)
    },
  )
})
