import { existsSync } from 'node:fs'
import path from 'node:path'
import { Invalid } from '../../../base/errors.ts'

/** How a script is run: the words of the command, with `{0}` where its file comes, and what the file holds. */
export interface Shell {
  /** As GitHub prints it. */
  readonly shown: string
  readonly file: string
  readonly args: (script: string) => readonly string[]
  readonly extension: string
  readonly wrap: (script: string) => string
}

/** The shell of a `run` step. `searchPath` is the PATH of the step. Throws `Invalid` when there is no such shell. */
export function chooseShell(shell: string | undefined, searchPath: string): Shell {
  if (shell === undefined || shell === '') {
    const bash = which('bash', searchPath)
    return bash ? plain(bash, '-e {0}') : plain(find('sh', searchPath), '-e {0}')
  }
  const [name = '', ...rest] = shell.trim().split(/\s+/)
  if (rest.length === 0 && Object.hasOwn(known, name)) return known[name]?.(searchPath) ?? custom(shell, searchPath)
  return custom(shell, searchPath)
}

const known: Readonly<Record<string, (searchPath: string) => Shell>> = {
  bash: (searchPath) => plain(find('bash', searchPath), '--noprofile --norc -e -o pipefail {0}'),
  sh: (searchPath) => plain(find('sh', searchPath), '-e {0}'),
  python: (searchPath) => ({ ...plain(findPython(searchPath), '{0}'), extension: '.py' }),
  pwsh: powerShell('pwsh'),
  powershell: powerShell('powershell'),
}

function plain(file: string, template: string): Shell {
  const words = template.split(' ')
  return {
    shown: `${file} ${template}`,
    file,
    args: (script) => words.map((word) => word.replaceAll('{0}', script)),
    extension: '.sh',
    wrap: (script) => script,
  }
}

function powerShell(name: string) {
  return (searchPath: string): Shell => {
    const file = find(name, searchPath)
    return {
      shown: `${file} -command ". '{0}'"`,
      file,
      args: (script) => ['-command', `. '${script.replaceAll("'", "''")}'`],
      extension: '.ps1',
      wrap: (script) =>
        `$ErrorActionPreference = 'stop'\n${script}\nif ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }`,
    }
  }
}

function custom(shell: string, searchPath: string): Shell {
  if (!shell.includes('{0}'))
    throw new Invalid(`the shell '${shell}' is not known here; a command of your own must hold {0} for the script`)
  const [file = '', ...words] = shell.trim().split(/\s+/)
  return { ...plain(find(file, searchPath), words.join(' ')), extension: '' }
}

function findPython(searchPath: string): string {
  return which('python', searchPath) ?? find('python3', searchPath)
}

function find(program: string, searchPath: string): string {
  const found = which(program, searchPath)
  if (!found) throw new Invalid(`the shell '${program}' was not found on PATH`)
  return found
}

/** Where a program is, as a shell would find it. */
export function which(program: string, searchPath: string): string | undefined {
  if (program.includes('/')) return existsSync(program) ? program : undefined
  const folders = searchPath.split(path.delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => path.join(folder, program)).find((file) => existsSync(file))
}
