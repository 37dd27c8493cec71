import path from 'node:path'
import { arch, platform } from 'node:process'
import type { JobFolders } from './request.ts'

export type Environment = Readonly<Record<string, string>>

/** What is passed on of the machine's own environment: nothing that could hold a secret of the house. */
const inherited = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ']

export function baseEnvironment(machine: Readonly<Record<string, string | undefined>>): Environment {
  const kept = inherited.flatMap((name) => (machine[name] === undefined ? [] : [[name, machine[name]] as const]))
  return { LANG: 'C.UTF-8', ...Object.fromEntries(kept), CI: 'true' }
}

export interface RunnerFacts {
  readonly name: string
  readonly folders: JobFolders
  readonly debug: boolean
}

/** RUNNER_*: no step can change them. */
export function runnerEnvironment({ name, folders, debug }: RunnerFacts): Environment {
  return {
    RUNNER_NAME: name,
    RUNNER_OS: systemName(),
    RUNNER_ARCH: arch === 'arm64' ? 'ARM64' : arch.toUpperCase(),
    RUNNER_TEMP: scratchOf(folders),
    TMPDIR: scratchOf(folders),
    RUNNER_TOOL_CACHE: path.join(folders.temp, 'tools'),
    RUNNER_WORKSPACE: path.dirname(folders.workspace),
    RUNNER_ENVIRONMENT: 'self-hosted',
    ...(debug ? { RUNNER_DEBUG: '1' } : {}),
  }
}

export function scratchOf(folders: JobFolders): string {
  return path.join(folders.temp, 'scratch')
}

export function systemName(): string {
  return platform === 'darwin' ? 'macOS' : platform === 'win32' ? 'Windows' : 'Linux'
}

/** Parts of the `github` context that are not passed to steps as variables. */
const notExported = new Set(['event', 'token', 'repositoryUrl', 'secret_source'])

/** GITHUB_*: from the context, as GitHub names them; no step can change them. */
export function githubEnvironment(github: Readonly<Record<string, unknown>>): Environment {
  const exported = Object.entries(github).filter(([name, value]) => !notExported.has(name) && typeof value !== 'object')
  return {
    GITHUB_ACTIONS: 'true',
    ...Object.fromEntries(exported.map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, String(value)])),
  }
}

/** PATH with the entries that steps added, the newest first, then the tool cache. */
export function joinPath(added: readonly string[], toolPath: readonly string[], machinePath: string): string {
  return [...added, ...toolPath, machinePath].filter((entry) => entry !== '').join(path.delimiter)
}

export function isReserved(name: string): boolean {
  return /^(?:GITHUB|RUNNER)_/i.test(name)
}
