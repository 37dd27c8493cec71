import type { Command } from 'commander'
import type { Installation } from './installation.ts'
import { version } from './version.ts'

interface UpOptions {
  readonly data?: string
  readonly port?: string
  readonly host?: string
  readonly role?: readonly string[]
  readonly demo: boolean
}

/** `mendline up`: everything in one process, and the story of the sample shop. */
export function registerUp(program: Command, installation: Installation): void {
  program
    .command('up')
    .description('start everything on this machine, and play a story of real failures being mended')
    .option('--no-demo', 'start an empty installation, without the story')
    .option('--data <dir>', 'where everything is kept (default: ./.mendline, or MENDLINE_DATA)')
    .option('--port <n>', 'port of the dashboard and the API (default: 4680; 0 takes a free one)')
    .option('--host <address>', 'address to listen on (default: 127.0.0.1, this machine alone)')
    .option('--role <role...>', 'only some of gateway, worker, scheduler, runner; needs DATABASE_URL to share state')
    .addHelpText('after', '\nExample:\n  mendline up --no-demo --data /var/lib/mendline --port 8080')
    .action(async (options: UpOptions) => {
      process.exitCode = await up(options, installation)
    })
}

/** One Ctrl-C may arrive twice: to the whole process group, and passed on by what started us (npm, the launcher). */
const sameAskingMs = 500

async function up(options: UpOptions, installation: Installation): Promise<number> {
  const startedAtMs = performance.now()
  const since = () => performance.now() - startedAtMs
  const stop = new AbortController()
  let askedAtMs = 0
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) {
        if (performance.now() - askedAtMs > sameAskingMs) process.exit(130)
        return
      }
      askedAtMs = performance.now()
      console.log('\nStopping; what is under way goes on at the next start. (Ctrl-C again: at once.)')
      stop.abort()
    })
  }
  const demo = options.demo && options.role === undefined
  const running = await installation.start({
    data: options.data,
    port: options.port,
    host: options.host,
    roles: options.role,
    demo,
  })
  try {
    greet(running, since())
    if (demo) await tellStory(running, since, stop.signal)
    const lost = await Promise.race([aborted(stop.signal), running.lost])
    if (lost !== undefined) throw lost
  } finally {
    await running.close()
  }
  console.log('Stopped. Start again with the same command to go on.')
  return 0
}

type Running = Awaited<ReturnType<Installation['start']>>

function greet(running: Running, tookMs: number): void {
  console.log(`Mendline ${version()}, ready in ${(tookMs / 1_000).toFixed(1)} s. Data: ${running.dataDir}`)
  if (running.url === undefined) return
  console.log(`  Dashboard   ${running.url}`)
  console.log(`  Sign in     ${running.url}/sign-in?token=${running.token}`)
  console.log('')
}

async function tellStory(running: Running, since: () => number, signal: AbortSignal): Promise<void> {
  const { playStory } = await import('./up/story.ts')
  const { columns, storyLine, wrap } = await import('./up/terminal.ts')
  const startedAtMs = performance.now() - since()
  const opening = 'A sample shop is built, broken six times, and mended where that is safe. Every failure is real.'
  const story = await playStory({
    opening: () => console.log(opening),
    ...running.story,
    onClose: running.onClose,
    signal,
    say: (chapter, line) => console.log(storyLine(since(), chapter, line)),
  })
  if (signal.aborted) return
  if (story.played === 0) return console.log('The story was played here already; another --data folder plays it anew.')
  const at = (ms: number | undefined) => (ms === undefined ? 'never' : `${((ms - startedAtMs) / 1_000).toFixed(1)} s`)
  console.log(
    `\nFirst failure mended after ${at(story.firstMendedAtMs)}, end of the story after ${at(story.endedAtMs)}.`,
  )
  for (const { chapter, why } of story.open) console.log(`Chapter ${chapter.number} did not go as told: ${why}.`)
  console.log('\nWhat next, with your own:')
  for (const [what, why] of whatNext) {
    const parts = wrap(why, nextIndent, columns())
    console.log(`  ${what.padEnd(nextIndent - 2)}${parts.join(`\n${' '.repeat(nextIndent)}`)}`)
  }
  console.log('Ctrl-C stops; the next start goes on where this one stopped.')
}

const nextIndent = 35
const whatNext = [
  ['npx mendline diagnose some.log', 'name what broke in a log; needs no server'],
  ['npx mendline run', 'in a folder with .github/workflows: run them here, and see what is not honoured'],
  ['docs/guides/connect-github.md', 'let Mendline watch your repositories; it only suggests until you allow more'],
] as const

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined)
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
}
