import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { connect } from '../src/cli/client.ts'
import { HealingList } from '../src/contract/views.ts'
import { keepResult, machine, workFolder } from './measure.ts'
import { chaptersAsTold } from './story/as-told.ts'

/**
 * `mendline up` in a fresh folder, as a new user meets it: how long to the first mended failure and to the end of the
 * story, and whether each chapter went as told. The times are those that the program prints, from its own start.
 */
const goal = { firstMendedSeconds: 45, endSeconds: 120 }
const limitMs = 300_000

const machineAtStart = machine()
const dir = await mkdtemp(workFolder('story'))
const bin = fileURLToPath(new URL('../bin/mendline.mjs', import.meta.url))
const startedAt = performance.now()
const program = spawn(process.execPath, [bin, 'up', '--data', join(dir, 'data'), '--port', '0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, NO_COLOR: '1' },
})
const ended = once(program, 'exit')
const tooLong = setTimeout(() => program.kill('SIGTERM'), limitMs)
try {
  const times = await endOfStory()
  const client = await connect(join(dir, 'data'))
  const { healings } = await client.get('/v1/healings', HealingList)
  const chapters = chaptersAsTold(healings)
  const result = {
    what: 'mendline up in a fresh folder, without the install',
    at: new Date().toISOString(),
    machine: machineAtStart,
    ...times,
    /** By the clock of this bench, with Node's start. */
    wholeSeconds: Math.round(performance.now() - startedAt) / 1_000,
    chapters,
    goal,
  }
  keepResult('story', result)
  console.log(`first failure mended after ${times.firstMendedSeconds ?? 'never'} s (reach ${goal.firstMendedSeconds})`)
  console.log(`end of the story after ${times.endSeconds} s (reach ${goal.endSeconds})`)
  for (const { chapter, title, asTold, sentence } of chapters)
    console.log(`  chapter ${chapter}, ${title}: ${asTold ? 'as told' : 'OTHERWISE'} (${sentence})`)
} finally {
  clearTimeout(tooLong)
  program.kill('SIGINT')
  await ended
  await rm(dir, { recursive: true, force: true })
}

async function endOfStory(): Promise<{ readonly firstMendedSeconds: number | null; readonly endSeconds: number }> {
  for await (const line of createInterface(program.stdout)) {
    console.log(`| ${line}`)
    const found = /^First failure mended after (.+), end of the story after (.+) s\.$/.exec(line)
    if (found === null) continue
    const firstMended = Number.parseFloat(found[1] ?? '')
    return {
      firstMendedSeconds: Number.isNaN(firstMended) ? null : firstMended,
      endSeconds: Number.parseFloat(found[2] ?? ''),
    }
  }
  throw new Error(`mendline up ended, or took longer than ${limitMs / 1_000} s, before it told the end of its story`)
}
