/** The words of a command without what only stands before it: reserved words, assignments, programs that run another. */
export function unwrap(words: readonly string[]): readonly string[] {
  let rest = words
  for (let round = 0; round < mostRounds; round += 1) {
    const first = rest[0]
    if (first === undefined) return []
    const name = bareName(first)
    if (['for', 'case', 'select', 'function', 'in'].includes(first)) return []
    if (reserved.has(first) || assignment.test(first)) rest = rest.slice(1)
    else if (Object.hasOwn(wrappers, name)) rest = afterFlags(rest.slice(1), wrappers[name] ?? [], name)
    else if (Object.hasOwn(subWrappers, name) && subWrappers[name]?.includes(rest[1] ?? ''))
      rest = afterFlags(rest.slice(2), ['--from', '--with', '-n', '-p', '--project'], name)
    else if (/^python[0-9.]*$/.test(name) && rest[1] === '-m' && rest[2] !== undefined) rest = rest.slice(2)
    else return rest
  }
  return rest
}

const mostRounds = 12
const reserved = new Set([
  'if',
  'then',
  'elif',
  'else',
  'do',
  'while',
  'until',
  '!',
  '{',
  '}',
  'time',
  'fi',
  'done',
  'esac',
])
const assignment = /^[A-Za-z_][A-Za-z0-9_]*\+?=/
/** Programs that run the command which follows them, with the flags that take a value. */
const wrappers: Readonly<Record<string, readonly string[]>> = {
  sudo: ['-u', '-g', '-h'],
  env: ['-u', '-C', '-S'],
  nohup: [],
  command: [],
  builtin: [],
  exec: ['-a'],
  nice: ['-n'],
  ionice: ['-c', '-n'],
  chronic: [],
  unbuffer: [],
  catchsegv: [],
  timeout: ['-k', '-s'],
  gtimeout: ['-k', '-s'],
  'xvfb-run': ['-s', '-n', '--server-args'],
  xargs: ['-n', '-P', '-I', '-L', '-d', '-a'],
  npx: ['-p', '--package', '-c'],
  bunx: [],
  uvx: ['--from', '--with', '--python'],
  'cross-env': [],
  dotenv: ['-e'],
  call: [],
}
/** The same, spelled with a subcommand. */
const subWrappers: Readonly<Record<string, readonly string[]>> = {
  yarn: ['dlx', 'exec'],
  pnpm: ['dlx', 'exec'],
  npm: ['exec', 'x'],
  bun: ['x'],
  poetry: ['run'],
  uv: ['run'],
  pdm: ['run'],
  hatch: ['run'],
  rye: ['run'],
  pipenv: ['run'],
  pipx: ['run'],
  bundle: ['exec'],
  mise: ['exec', 'x'],
  doppler: ['run'],
  op: ['run'],
  'aws-vault': ['exec'],
  conda: ['run'],
  micromamba: ['run'],
}

function afterFlags(words: readonly string[], withValue: readonly string[], wrapper: string): readonly string[] {
  let at = 0
  while (words[at]?.startsWith('-')) at += withValue.includes(words[at] as string) ? 2 : 1
  if (wrapper.endsWith('timeout')) at += 1
  const rest = words.slice(at)
  // `npx semantic-release@24`: the version is no part of the name.
  const named = rest[0]?.replace(/(.)@[^/]*$/, '$1')
  return named === undefined ? [] : [named, ...rest.slice(1)]
}

/** The program that a word names: without its folder and without an ending of Windows. */
export function bareName(word: string): string {
  const name = word.includes('$') ? word : word.slice(word.lastIndexOf('/') + 1)
  return name.replace(/\.(exe|cmd|bat)$/i, '')
}
