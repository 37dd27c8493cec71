import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { runJob } from './job.fixture.ts'

const job = (steps: string, more = '') => `
on: push
jobs:
  test:
    runs-on: ubuntu-latest
${more}
    steps:
${steps}`

test('environment is layered: workflow, job, GITHUB_ENV, step; nobody overwrites what is the runner’s', async () => {
  const { log } = await runJob(`
on: push
env: {A: workflow, B: workflow, C: workflow, D: workflow}
jobs:
  test:
    runs-on: ubuntu-latest
    env: {B: job, C: job, D: job}
    steps:
      - run: |
          echo "C=file" >> $GITHUB_ENV
          echo "D=file" >> $GITHUB_ENV
          echo "GITHUB_SHA=mine" >> $GITHUB_ENV
      - env: {D: step, GITHUB_REPOSITORY: mine, E: "\${{ env.C }}-\${{ env.B }}"}
        run: echo "$A $B $C $D $E $GITHUB_REPOSITORY \${GITHUB_SHA:0:3} \${{ env.D }}"`)
  expect(log).toContain('workflow job file step file-job acme/shop fff step')
  expect(log.some((line) => line.startsWith('##[warning]GITHUB_SHA belongs to the runner'))).toBe(true)
})

test('steps get a clean environment: nothing of the process that runs them but a few names', async () => {
  process.env.DATABASE_URL = 'postgres://user:secret@host/db'
  try {
    const { log } = await runJob(job('      - run: env | sort'))
    const names = log.filter((line) => /^[A-Z_]+=/.test(line)).map((line) => line.slice(0, line.indexOf('=')))
    expect(log.join('\n')).not.toContain('secret@host')
    expect(names).toEqual(
      expect.arrayContaining(['CI', 'GITHUB_ACTIONS', 'GITHUB_WORKSPACE', 'HOME', 'PATH', 'RUNNER_OS']),
    )
    expect(names.filter((name) => /VITEST|NODE_|npm/i.test(name))).toEqual([])
  } finally {
    delete process.env.DATABASE_URL
  }
})

test('no shell named: no pipefail; bash named: pipefail; both stop at the first error', async () => {
  const { result } = await runJob(
    job(`
      - run: "false | true"
      - {shell: bash, continue-on-error: true, run: "false | true"}
      - {shell: sh, continue-on-error: true, run: "false\\necho never"}
      - {shell: "bash -x {0}", run: "echo custom"}
      - {shell: nosuch, continue-on-error: true, run: "x"}`),
  )
  expect(result.conclusion).toBe('success')
  const { log } = await runJob(job('      - {shell: bash, run: "false | true"}'))
  expect(log).toContain('##[error]Process completed with exit code 1.')
  expect(log.some((line) => /^shell: \S*bash --noprofile --norc -e -o pipefail \{0\}$/.test(line))).toBe(true)
})

test('a step in Python', async () => {
  const { log } = await runJob(job('      - {shell: python, run: "import os\\nprint(6 * 7, os.environ[\'CI\'])"}'))
  expect(log).toContain('42 true')
})

test('working directories: of the step, of the defaults, and one that does not exist', async () => {
  const { log, result } = await runJob(
    job(
      `
      - {run: mkdir -p a/b, working-directory: .}
      - run: basename "$PWD"
      - {run: basename "$PWD", working-directory: a}
      - {run: pwd, working-directory: nowhere}`,
      '    defaults: {run: {working-directory: a/b}}',
    ),
  )
  expect(log).toEqual(expect.arrayContaining(['b', 'a']))
  expect(log.join('\n')).toMatch(/##\[error\]cannot start '\S+' in '\S+nowhere': that folder does not exist/)
  expect(result.conclusion).toBe('failure')
})

test('continue-on-error: the outcome is failure, the conclusion success, and the job goes on', async () => {
  const { result, log } = await runJob(
    job(`
      - {id: a, continue-on-error: true, run: exit 1}
      - run: echo "\${{ steps.a.outcome }} \${{ steps.a.conclusion }} \${{ job.status }}"`),
  )
  expect(log).toContain('failure success success')
  expect(result.conclusion).toBe('success')
})

test('a file command that is not well formed fails the step, as NODE_OPTIONS does', async () => {
  const { log } = await runJob(
    job(`
      - {continue-on-error: true, run: 'echo "a<<EOF" >> $GITHUB_OUTPUT'}
      - {continue-on-error: true, run: 'echo "NODE_OPTIONS=--x" >> $GITHUB_ENV'}
      - {continue-on-error: true, run: 'head -c 1100000 /dev/zero | tr "\\0" x >> $GITHUB_STEP_SUMMARY'}`),
  )
  expect(log).toContain("##[error]Unable to process file command: Invalid value. Matching delimiter not found 'EOF'")
  expect(log).toContain("##[error]Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.")
  expect(log.join('\n')).toMatch(/\$GITHUB_STEP_SUMMARY upload aborted/)
})

test('a step that makes a pipe or a device of its command file does not hang the runner', async () => {
  const { log } = await runJob(
    job(`
      - {continue-on-error: true, run: 'rm $GITHUB_OUTPUT && mkfifo $GITHUB_OUTPUT'}
      - {continue-on-error: true, run: 'ln -sf /dev/zero $GITHUB_ENV'}
      - run: rm $GITHUB_STEP_SUMMARY`),
  )
  expect(log.filter((line) => line.endsWith('file command: it is not a regular file'))).toHaveLength(2)
})

test('GITHUB_PATH puts its entries first, the newest before the others, before the tool cache', async () => {
  const { log } = await runJob(
    job(`
      - run: |
          echo /one >> $GITHUB_PATH
          echo /two >> $GITHUB_PATH
      - run: echo /one >> $GITHUB_PATH
      - run: echo "$PATH"`),
    { request: { toolPath: ['/tools/bin'] } },
  )
  expect(log.some((line) => line.startsWith('/one:/two:/tools/bin:'))).toBe(true)
})

test('secrets are masked in the log, the summary, annotations and step names, and kept out of outputs', async () => {
  const { result, raw } = await runJob(
    `
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    outputs:
      open: \${{ steps.a.outputs.open }}
      hidden: \${{ steps.a.outputs.hidden }}
    steps:
      - id: a
        name: use \${{ secrets.TOKEN }}
        env: {T: "\${{ secrets.TOKEN }}"}
        run: |
          echo "it is $T"
          printf '%s' "$T" | base64
          echo "::add-mask::made-at-run-time"
          echo "and made-at-run-time"
          echo "::warning title=$T::careful with $T"
          echo "# $T" >> $GITHUB_STEP_SUMMARY
          echo "open=fine" >> $GITHUB_OUTPUT
          echo "hidden=x$T" >> $GITHUB_OUTPUT
          printf '%s' "\${T:0:6}"; sleep 0.1; echo "\${T:6}"`,
    { request: { secrets: { TOKEN: 'tok3n-very-secret' } } },
  )
  const everything = JSON.stringify([raw, result])
  expect(everything).not.toContain('very-secret')
  expect(everything).not.toContain(btoa('tok3n-very-secret'))
  expect(raw.join('\n')).not.toMatch(/ and made-at-run-time$/m)
  expect(result.outputs).toEqual({ open: 'fine' })
  expect(result.summary).toBe('# ***\n')
  expect(result.annotations).toMatchObject([{ level: 'warning', message: 'careful with ***', title: '***', step: 2 }])
})

test('workflow commands take effect, and stop between stop-commands and its token', async () => {
  const { result, log } = await runJob(
    job(`
      - id: a
        run: |
          echo "::group::Build"
          echo "::endgroup::"
          echo "::error file=a.js,line=3,col=5::broken"
          echo "::notice::note"
          echo "::debug::hidden"
          echo "::set-output name=x::old way"
          echo "::stop-commands::pause"
          echo "::error::not a command now"
          echo "::pause::"
          echo "::set-env name=X::1"
          echo "::no-such-command::text"
      - run: echo "\${{ steps.a.outputs.x }} [$X]"`),
  )
  expect(log).toEqual(
    expect.arrayContaining([
      '##[group]Build',
      '##[error]broken',
      '##[notice]note',
      '::error::not a command now',
      '::no-such-command::text',
      'old way []',
    ]),
  )
  expect(log.join('\n')).not.toContain('##[debug]')
  expect(log.join('\n')).toContain('##[error]The `set-env` command is disabled')
  expect(result.annotations).toHaveLength(2)
  expect(result.annotations[0]).toMatchObject({ level: 'error', file: 'a.js', line: 3, column: 5 })
})

test('hashFiles gives the hash of hashes of what matches, and nothing when nothing does', async () => {
  const { log } = await runJob(
    job(`
      - run: |
          mkdir -p a/b && printf one > a/b/x.lock && printf two > a/y.lock && printf no > a/z.txt
      - run: |
          echo "have=\${{ hashFiles('**/*.lock') }}"
          echo "none=[\${{ hashFiles('**/*.nothing') }}]"
          echo "less=\${{ hashFiles('**/*.lock', '!a/b/**') == hashFiles('a/y.lock') }}"`),
  )
  const of = (name: string) => log.find((line) => line.startsWith(`${name}=`))?.slice(5)
  const sha = (...parts: (string | Buffer)[]) => parts.reduce((hash, part) => hash.update(part), createHash('sha256'))
  expect(of('have')).toBe(sha(sha('one').digest(), sha('two').digest()).digest('hex'))
  expect(log).toEqual(expect.arrayContaining(['none=[]', 'less=true']))
})

test('a step whose expression has no value fails with a sentence; the next ones know', async () => {
  const { log, result } = await runJob(
    job(`
      - run: echo \${{ fromJSON('{') }}
      - if: failure()
        run: echo told`),
  )
  expect(log.join('\n')).toMatch(/##\[error\]cannot evaluate "fromJSON/)
  expect(log).toContain('told')
  expect(result.conclusion).toBe('failure')
})

test('a line of 10 MB and bytes that are no text pass through', async () => {
  const { result, raw } = await runJob(
    job(`
      - run: |
          head -c 10000000 /dev/zero | tr '\\0' x
          echo
          head -c 2000 /dev/urandom
          echo; echo end`),
  )
  expect(result.conclusion).toBe('success')
  expect(Math.max(...raw.map((line) => line.length))).toBeLessThan(70_000)
  expect(raw.at(-2)).toMatch(/ end$/)
})

test('a container is refused before the first step', async () => {
  const { result, log } = await runJob(job('      - run: echo never', '    container: node:22'))
  expect(result.conclusion).toBe('failure')
  expect(log.join('\n')).toContain('##[error]This job asks for a container')
  expect(result.steps.map((step) => step.name)).toEqual(['Set up job'])
})
