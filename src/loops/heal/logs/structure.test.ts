import { describe, expect, it } from 'vitest'
import { readLog } from './read-log.ts'
import type { LogReading, Section } from './reading.ts'

async function* bytes(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text)
}
const read = (...lines: readonly string[]): Promise<LogReading> => readLog(bytes(`${lines.join('\n')}\n`))
const told = ({ sections }: LogReading) =>
  sections.map(({ kind, name, start, end, exitCode }) => [
    kind,
    name,
    start,
    end,
    ...(exitCode === undefined ? [] : [exitCode]),
  ])
const named = ({ sections }: LogReading, name: string): Section | undefined => sections.find((one) => one.name === name)

describe('GitHub Actions', () => {
  const time = (line: string, second: number) => `2026-01-31T10:11:${String(second).padStart(2, '0')}.0000000Z ${line}`
  const log = [
    "Current runner version: '2.330.0'",
    '##[group]Operating System',
    'Ubuntu',
    '##[endgroup]',
    '##[group]Run npm test',
    '\x1b[36;1mnpm test\x1b[0m',
    '##[endgroup]',
    '##[group]fixtures',
    'made',
    '##[endgroup]',
    'not ok 1 - adds up',
    '##[error]Process completed with exit code 3.',
    'Post job cleanup.',
    'Cleaning up orphan processes',
  ].map(time)
  it('tells the wait for a runner from the setting up of the job', async () => {
    const reading = await read(time('Requested labels: ubuntu-24.04', 58), ...log)
    expect(reading.sections.slice(0, 2).map(({ name, phase, start, end }) => [name, phase, start, end])).toEqual([
      ['Wait for a runner', 'queue', 1, 1],
      ['Set up job', 'provision', 2, 5],
    ])
  })
  it('has steps with their exit and their times, and groups inside them', async () => {
    const reading = await read(...log)
    expect(reading.ci).toBe('github-actions')
    expect(told(reading)).toEqual([
      ['step', 'Set up job', 1, 4],
      ['group', 'Operating System', 2, 4],
      ['step', 'Run npm test', 5, 12, 3],
      ['group', 'fixtures', 8, 10],
      ['step', 'Post job cleanup', 13, 13],
      ['step', 'Complete job', 14, 14],
    ])
    expect(reading.sections.map(({ phase }) => phase)).toEqual([
      'provision',
      'provision',
      'test',
      undefined,
      'post',
      'post',
    ])
    expect(named(reading, 'Run npm test')).toMatchObject({
      startedAtMs: Date.parse('2026-01-31T10:11:04Z'),
      endedAtMs: Date.parse('2026-01-31T10:11:12Z'),
    })
  })
  it('speaks Azure’s words while a job waits, and is not Azure', async () => {
    const waiting = [
      '##[section]Starting: Prepare job build',
      'Evaluating strategy',
      '##[section]Finishing: Prepare job build',
    ].map(time)
    expect((await read(...waiting, ...log)).ci).toBe('github-actions')
  })
})

describe('GitLab', () => {
  const prefix = '2026-01-31T10:11:12.123456Z 01O '
  it('has sections with their phases and the exit of the script, below its own timestamps too', async () => {
    for (const stamp of ['', prefix]) {
      const reading = await read(
        `${stamp}Running with gitlab-runner 18.1.0 (abcdef12)`,
        `${stamp}\x1b[0Ksection_start:1700000000:get_sources\r\x1b[0K\x1b[36;1mGetting source\x1b[0;m`,
        `${stamp}\x1b[0Ksection_end:1700000001:get_sources\r\x1b[0K\x1b[0Ksection_start:1700000001:step_script\r\x1b[0KExecuting`,
        `${stamp}\x1b[32;1m$ make\x1b[0;m`,
        `${stamp}section_start:1700000002:my.part[collapsed=true]\r\x1b[0Kmine`,
        `${stamp}section_end:1700000003:my.part\r\x1b[0K`,
        `${stamp}section_end:1700000009:step_script\r\x1b[0K`,
        `${stamp}section_start:1700000009:cleanup_file_variables\r\x1b[0KCleaning up`,
        `${stamp}section_end:1700000009:cleanup_file_variables\r\x1b[0K`,
        `${stamp}\x1b[31;1mERROR: Job failed: exit code 2`,
      )
      expect(reading.ci).toBe('gitlab-ci')
      expect(told(reading)).toEqual([
        ['step', 'get_sources', 2, 3],
        ['step', 'step_script', 3, 7, 2],
        ['step', 'my.part', 5, 6],
        ['step', 'cleanup_file_variables', 8, 9],
      ])
      expect(named(reading, 'step_script')).toMatchObject({
        startedAtMs: 1_700_000_001_000,
        endedAtMs: 1_700_000_009_000,
      })
      expect(named(reading, 'get_sources')?.phase).toBe('checkout')
    }
  })
})

describe('Travis', () => {
  it('has folds, commands in them, and exits told on the same line or the next', async () => {
    const reading = await read(
      'travis_fold:start:git.checkout\r\x1b[0Ktravis_time:start:0a\r\x1b[0K$ git clone --depth=50 x',
      'travis_time:end:0a:start=1700000000000000000,finish=1700000002000000000,duration=2\r\x1b[0Ktravis_fold:end:git.checkout\r\x1b[0K',
      'travis_time:start:0b\r\x1b[0K$ npm run lint',
      'travis_time:end:0b:start=1,finish=2,duration=1\r\x1b[0K\x1b[32;1mThe command "npm run lint" exited with 0.\x1b[0m',
      'travis_time:start:0c\r\x1b[0K$ npm test',
      '1 failing',
      'travis_time:end:0c:start=1,finish=2,duration=1\r\x1b[0K',
      '\x1b[31;1mThe command "npm test" exited with 7.\x1b[0m',
      'travis_fold:start:after_failure\r\x1b[0Ktravis_time:start:0d\r\x1b[0K$ cat log',
      'travis_time:end:0d:start=1,finish=2,duration=1\r\x1b[0Ktravis_fold:end:after_failure\r\x1b[0K',
      'Done. Your build exited with 1.',
    )
    expect(reading.ci).toBe('travis-ci')
    expect(named(reading, 'npm run lint')?.exitCode).toBe(0)
    expect(named(reading, 'npm test')).toMatchObject({ kind: 'command', start: 5, end: 7, exitCode: 7, phase: 'test' })
    expect(named(reading, 'git.checkout')).toMatchObject({ kind: 'step', start: 1, phase: 'checkout' })
    expect(named(reading, 'after_failure')).toMatchObject({ phase: 'post', start: 9, end: 10 })
    expect(named(reading, 'cat log')?.exitCode).toBeUndefined()
  })
})

describe('Jenkins', () => {
  it('has blocks in each other, and shell steps named by what they run', async () => {
    const reading = await read(
      'Started by user \x1b[8mha:////4AbCdEf==\x1b[0madmin',
      '[Pipeline] node',
      '[Pipeline] {',
      '[Pipeline] { (Branch: linux)',
      '[Pipeline] sh',
      '+ make check',
      'make: *** [Makefile:3: check] Error 2',
      '[Pipeline] }',
      '[Pipeline] }',
      '[Pipeline] End of Pipeline',
      'ERROR: script returned exit code 2',
      'Finished: FAILURE',
    )
    expect(reading.ci).toBe('jenkins')
    expect(told(reading)).toEqual([
      ['step', 'block', 3, 9],
      ['step', 'linux', 4, 8],
      ['command', 'make check', 5, 8, 2],
    ])
  })
  it('has the blocks of a pipeline that names the parallel branch on every line', async () => {
    const reading = await read(
      '[Pipeline] parallel',
      '[Pipeline] [linux] { (Branch: linux)',
      '[Pipeline] [linux] sh',
      '[linux] + make check',
      '[Pipeline] [linux] }',
      '[Pipeline] End of Pipeline',
      'ERROR: script returned exit code 2',
    )
    expect(told(reading).map(([kind, , ...lines]) => [kind, ...lines])).toEqual([
      ['step', 2, 5],
      ['command', 3, 5, 2],
    ])
    expect(reading.sections[0]?.name).toBe('linux')
  })
  it('shows the shell of a freestyle job, also behind the time of day', async () => {
    const reading = await read(
      '10:11:12  Started by an SCM change',
      '10:11:13  Building in workspace /var/jenkins/workspace/cart',
      '10:11:14  [cart] $ /bin/sh -xe /tmp/jenkins123.sh',
      '10:11:15  + make',
      "10:11:16  Build step 'Execute shell' marked build as failure",
      '10:11:17  Finished: FAILURE',
    )
    expect(reading.ci).toBe('jenkins')
    expect(told(reading)).toEqual([['command', '/bin/sh -xe /tmp/jenkins123.sh', 3, 5, 1]])
  })
})

describe('other vendors', () => {
  it('Azure: jobs and steps in each other', async () => {
    const reading = await read(
      '2026-01-31T10:11:12.1234567Z ##[section]Starting: Build',
      '2026-01-31T10:11:12.1234567Z ##[section]Starting: Unit tests',
      "2026-01-31T10:11:13.1234567Z ##[error]Bash exited with code '5'.",
      '2026-01-31T10:11:14.1234567Z ##[section]Finishing: Unit tests',
      '2026-01-31T10:11:15.1234567Z ##[section]Finishing: Build',
    )
    expect(reading.ci).toBe('azure-pipelines')
    expect(told(reading)).toEqual([
      ['job', 'Build', 1, 5],
      ['step', 'Unit tests', 2, 4, 5],
    ])
  })
  it('CircleCI: steps named by their command, and JSON output', async () => {
    const plain = await read('#!/bin/bash -eo pipefail', 'npm test', '1 failing', '', 'Exited with code exit status 1')
    expect(plain.ci).toBe('circleci')
    expect(told(plain)).toEqual([['step', 'npm test', 1, 5, 1]])
    const json = await readLog(
      bytes(
        JSON.stringify([
          { message: '#!/bin/bash -eo pipefail\r\nmake\r\n', type: 'out' },
          { message: 'no\r\nExited with code 2\r\n' },
        ]),
      ),
    )
    expect(json.lines).toBe(4)
    expect(told(json)).toEqual([['step', 'make', 1, 4, 2]])
  })
  it('Buildkite: groups, once the agent has spoken', async () => {
    const reading = await read(
      '~~~ Preparing working directory',
      '--- :npm: Install',
      '+++ Test the cart',
      '--- a/src/cart.ts',
      '\x1b[31m🚨 Error: The command exited with status 4\x1b[0m',
    )
    expect(reading.ci).toBe('buildkite')
    expect(told(reading)).toEqual([
      ['step', 'Preparing working directory', 1, 1],
      ['step', ':npm: Install', 2, 2],
      ['step', 'Test the cart', 3, 5, 4],
    ])
    expect((await read('--- a/src/cart.ts', '+++ b/src/cart.ts')).ci).toBe('plain')
  })
  it('Taskcluster: the worker’s frame and the steps of mozharness', async () => {
    const reading = await read(
      '[taskcluster 2026-01-31 10:11:12.123Z] Task ID: AbCdEf',
      '[taskcluster 2026-01-31 10:11:13.123Z] === Task Starting ===',
      '[task 2026-01-31T10:11:14.123Z] 10:11:14     INFO - ##### Running run-tests step.',
      '[task 2026-01-31T10:11:15.123Z] 10:11:15     INFO - Return code: 1',
      '[task 2026-01-31T10:11:15.123Z] 10:11:15     INFO - ##### Finished run-tests step (success)',
      '[taskcluster 2026-01-31 10:11:16.123Z] === Task Finished ===',
      '[taskcluster 2026-01-31 10:11:17.123Z] Unsuccessful task run with exit code: 10 completed in 5 seconds',
    )
    expect(reading.ci).toBe('taskcluster')
    expect(told(reading).slice(0, 3)).toEqual([
      ['step', 'set up task', 1, 1],
      ['step', 'task', 2, 5],
      ['command', 'run-tests', 3, 5, 1],
    ])
  })
  it('TeamCity: steps and blocks', async () => {
    const reading = await read(
      '[10:11:12] :\t Step 1/2: Compile (Command Line)',
      "##teamcity[blockOpened name='the |'cart|'']",
      "##teamcity[blockClosed name='the |'cart|'']",
      '[10:11:13]W:\t [Step 1/2] Process exited with code 3',
      '[10:11:14] :\t Step 2/2: Test',
    )
    expect(reading.ci).toBe('teamcity')
    expect(told(reading)).toEqual([
      ['step', 'Step 1/2: Compile (Command Line)', 1, 4, 3],
      ['group', "the 'cart'", 2, 3],
      ['step', 'Step 2/2: Test', 5, 5],
    ])
  })
  it('Bitbucket: setup, and teardown', async () => {
    const reading = await read(
      '+ umask 000',
      '+ GIT_LFS_SKIP_SMUDGE=1 retry 6 git clone --branch="x" y',
      '+ npm test',
      'Build teardown',
    )
    expect(reading.ci).toBe('bitbucket-pipelines')
    expect(told(reading)).toEqual([
      ['step', 'Build setup', 2, 3],
      ['step', 'Build teardown', 4, 4],
    ])
  })
  it('nobody: a plain log has no sections', async () => {
    const reading = await read('$ make', 'gcc: error: no input files')
    expect([reading.ci, reading.sections]).toEqual(['plain', []])
  })
})

describe('what stands before the words of a line', () => {
  it.each([
    ['10:11:12  words', 'words'],
    ['[10:11:12] words', 'words'],
    ['[10:11:12]E:\t [Step 1/2] words', 'words'],
    ['10:11:12    ERROR -  words', 'words'],
    ['2026-01-31T10:11:12.123456Z 01E words', 'words'],
    ['2026-01-31T10:11:12.123456Z 01O+words', 'words'],
    ['[2026-01-31T10:11:12.123Z] words', 'words'],
    ['[vcs 2026-01-31T10:11:12.123456Z] words', 'words'],
    ['10:11:12', '10:11:12'],
  ])('%j is cleared away', async (line, text) => {
    const reading = await read(line)
    expect(reading.kept[0]?.text[0]).toBe(text)
  })
})
