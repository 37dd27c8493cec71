/**
 * Builds the small broken projects with the tools installed here and records what they say, so that patterns are
 * tested on true output of current versions: `node scripts/make-log-fixtures.ts [NAME…]`. A project whose tool is not
 * installed keeps its old record.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { constants, homedir, tmpdir, userInfo } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import type { BrokenProject } from '../src/loops/heal/logs/fixtures/broken-project.fixture.ts'
import { brokenProjects } from '../src/loops/heal/logs/fixtures/broken-projects.fixture.ts'
import { testedProjects } from '../src/loops/heal/results/fixtures/tested-projects.fixture.ts'

const root = join(import.meta.dirname, '..')
const kinds: readonly { readonly folder: string; readonly projects: readonly RecordedProject[] }[] = [
  { folder: join(root, 'src/loops/heal/logs/fixtures'), projects: brokenProjects },
  { folder: join(root, 'src/loops/heal/results/fixtures'), projects: testedProjects },
]
/** Where the recorded logs say that the project lay. */
const scrubbedFolder = '/home/runner/shop'
/** No record shows where its tools came from: that differs from one who records to the next. */
const registries = /https?:\/\/(?:repo\d?|registry|pypi)\.(?!example\b)[a-z\d.-]+/g

const names = process.argv.slice(2)
for (const { folder, projects } of kinds)
  for (const project of projects) if (names.length === 0 || names.includes(project.name)) record(project, folder)

type RecordedProject = Pick<BrokenProject, 'name' | 'files' | 'prepare' | 'command'>

function record(project: RecordedProject, records: string): void {
  const parent = mkdtempSync(join(tmpdir(), 'broken-project-'))
  try {
    const recorded = logOf(project, parent)
    if (recorded.kind === 'none') {
      console.log(`${project.name}: ${recorded.because}; the old record stays`)
      if (recorded.isWrong) process.exitCode = 1
      return
    }
    writeFileSync(join(records, `${project.name}.log`), recorded.text)
    console.log(`${project.name}: ${recorded.text.length} bytes, exit ${recorded.exitCode}`)
  } finally {
    rmSync(parent, { recursive: true, force: true })
  }
}

type Recorded =
  | { readonly kind: 'log'; readonly text: string; readonly exitCode: number | null }
  | { readonly kind: 'none'; readonly because: string; readonly isWrong: boolean }

/** Builds the project in a folder of its own inside of `parent`. */
function logOf({ name, files, prepare, command }: RecordedProject, parent: string): Recorded {
  const folder = join(parent, 'shop')
  for (const [path, text] of Object.entries({ ...files, '.keep': '' })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  symlinkSync(join(root, 'node_modules'), join(parent, 'node_modules'))
  if (prepare !== undefined && run(prepare, folder).status !== 0)
    return { kind: 'none', because: 'its tool cannot be had', isWrong: false }
  const { stdout, status, signal } = run(command, folder)
  // A shell says 128 and the signal's number of a process that a signal ended.
  const exitCode = signal === null ? status : 128 + constants.signals[signal]
  if (exitCode === 0) return { kind: 'none', because: 'it was to fail and passed', isWrong: true }
  // That a command is not found is what some are to show.
  if (exitCode === 127 && !name.startsWith('command'))
    return { kind: 'none', because: 'its tool is not installed', isWrong: false }
  const lines = [
    `##[group]Run ${command.slice(0, 120)}`,
    '##[endgroup]',
    scrubbed(stdout, folder, parent).trimEnd(),
    `##[error]Process completed with exit code ${exitCode}.`,
    '',
  ]
  return { kind: 'log', text: lines.join('\n'), exitCode }
}

function run(command: string, folder: string) {
  return spawnSync('bash', ['-c', `exec 2>&1; ${command}`], {
    cwd: folder,
    env: environment(folder),
    encoding: 'utf8',
    timeout: 600_000,
  })
}

/** Nothing of the caller's settings but the tools' own places. */
function environment(folder: string): NodeJS.ProcessEnv {
  const kept = [
    'RUSTUP_HOME',
    'CARGO_HOME',
    'JAVA_HOME',
    'PYENV_ROOT',
    'HOME',
    'LANG',
    'NODE_EXTRA_CA_CERTS',
    'PIP_CERT',
  ]
  return {
    ...Object.fromEntries(kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))),
    PATH: [
      ...['node_modules/.bin', '.venv/bin'].map((own) => join(folder, own)),
      join(root, 'node_modules/.bin'),
      process.env.PATH,
    ].join(delimiter),
    CI: 'true',
    NO_COLOR: '1',
    GOFLAGS: '-mod=mod',
    GOPROXY: 'off',
    CARGO_TARGET_DIR: join(folder, 'target'),
    npm_config_cache: join(folder, '.npm'),
    npm_config_update_notifier: 'false',
    npm_config_userconfig: '/dev/null',
    GIT_AUTHOR_NAME: 'Runner',
    GIT_AUTHOR_EMAIL: 'runner@example.com',
    GIT_COMMITTER_NAME: 'Runner',
    GIT_COMMITTER_EMAIL: 'runner@example.com',
  }
}

/** Nobody's machine shows in the records. */
function scrubbed(text: string, folder: string, parent: string): string {
  const shown = text
    .replaceAll(folder, scrubbedFolder)
    .replaceAll(parent, dirname(scrubbedFolder))
    .replaceAll(root, dirname(scrubbedFolder))
    .replaceAll(tmpdir(), '/scratch')
    .replaceAll(homedir(), '/home/runner')
    .replaceAll(registries, 'https://registry.example.com')
  const user = userInfo().username
  return user.length > 3 ? shown.replaceAll(user, 'runner') : shown
}

for (const { folder, projects } of kinds)
  for (const name of readdirSync(folder))
    if (name.endsWith('.log') && !projects.some((project) => `${project.name}.log` === name))
      console.log(`${name} belongs to no project: remove it`)
