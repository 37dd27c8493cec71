import { copyFile, readFile, rename, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { initRepository } from '../../adapters/native/repositories/initialise.ts'
import type { Store } from '../../engine/database/database.ts'
import type { Logger } from '../../engine/telemetry/logger.ts'
import type { StoredEvent } from '../../model/events.ts'
import { dataFolder } from '../client.ts'
import { followEvents } from './follow.ts'
import { createNarrator, type Line } from './narrator.ts'
import { type Chapter, openWorkingCopy, readChapters, shopFolder, type WorkingCopy } from './shop.ts'

/** The repository that the story is about. */
const shopRepository = 'demo/shop'

export interface StoryDeps {
  readonly store: Store
  readonly logger: Logger
  readonly dataDir: string
  readonly gatewayUrl: string
  readonly connection: string
  readonly secretFile: string
  readonly say: (chapter: number | undefined, line: Line) => void
  readonly opening: () => void
  /** What is to be closed before the installation is, however the story ends. */
  readonly onClose: (close: () => Promise<void>) => void
  readonly signal: AbortSignal
}

export interface StoryEnd {
  /** Chapters that were played now. */
  readonly played: number
  /** Chapters in which something else happened than that a failure was handled, with what it was. */
  readonly open: readonly { readonly chapter: Chapter; readonly why: string }[]
  readonly firstMendedAtMs: number | undefined
  readonly endedAtMs: number
}

/** The longest that one chapter may take before the story says so and goes on. */
const chapterLimitMs = 90_000
/** How long the price service is overloaded in the third chapter. */
const overloadMs = 12_000
const inFlight = 3

/**
 * Plays the chapters: each is a real push that our own runner builds. What breaks, breaks; what happens then is told from
 * the event log. The neighbours (price service, registry) stay open after the end, so that what waits can be answered.
 */
export async function playStory(deps: StoryDeps): Promise<StoryEnd> {
  const neighbours = await openNeighbours(deps.dataDir)
  deps.onClose(() => neighbours.close())
  const watch = watchRuns(deps)
  deps.onClose(() => watch.close())
  const stage = await setTheStage(deps, neighbours)
  const chapters = (await readChapters()).filter((chapter) => !stage.played.includes(chapter.number))
  const open: { chapter: Chapter; why: string }[] = []

  if (chapters.length > 0) deps.opening()
  if (stage.played.length === 0 && !stage.based) {
    const sha = await stage.copy.pushBase()
    await watch.ended(sha, deps.signal)
    await stage.keep([])
  }
  await neighbours.closeRegistry()
  const [first, ...rest] = chapters
  if (first !== undefined) await play(first)
  const waiting = rest.toSorted((a, b) => order(a) - order(b))
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (let next = waiting.shift(); next !== undefined && !deps.signal.aborted; next = waiting.shift())
        await play(next)
    }),
  )
  const endedAtMs = performance.now()
  await neighbours.openRegistry()
  return {
    played: chapters.length,
    open,
    firstMendedAtMs: watch.firstMendedAtMs(),
    endedAtMs,
  }

  async function play(chapter: Chapter): Promise<void> {
    deps.say(chapter.number, {
      stitch: '·',
      tone: 'soft',
      text: `${chapter.title}: ${chapter.author.name} pushes to ${chapter.branch}`,
    })
    if (chapter.number === 3) neighbours.overload('spring', overloadMs)
    let ending = await watch.chapter(chapter, await serially(() => stage.copy.pushChapter(chapter)), deps.signal)
    // What is up to luck may go well: then there is nothing to mend, and the author pushes again.
    for (let pushes = 1; ending === 'green' && pushes < 4; pushes += 1) {
      ending = await watch.chapter(chapter, await serially(() => stage.copy.pushAgain(chapter)), deps.signal)
    }
    // What a stop cut short is played anew at the next start.
    if (deps.signal.aborted) return
    if (ending !== 'handled')
      open.push({ chapter, why: ending === 'green' ? 'it was green every time' : 'it did not end in time' })
    stage.played.push(chapter.number)
    await stage.keep(stage.played)
  }
}

/** The hang takes longest to be sure of, so it goes first; the release goes last, as releases do. */
function order(chapter: Chapter): number {
  return chapter.number === 5 ? 0 : chapter.number
}

let pushing: Promise<unknown> = Promise.resolve()
/** One working copy: one push at a time. */
async function serially<T>(push: () => Promise<T>): Promise<T> {
  const mine = pushing.then(push, push)
  pushing = mine.catch(() => undefined)
  return await mine
}

interface Stage {
  readonly copy: WorkingCopy
  readonly played: number[]
  readonly based: boolean
  keep(played: readonly number[]): Promise<void>
}

async function setTheStage(deps: StoryDeps, neighbours: Neighbours): Promise<Stage> {
  const { store, dataDir, gatewayUrl, connection, secretFile } = deps
  const bare = join(dataDir, 'repositories', 'shop.git')
  const variables = {
    SHOP_PORT: String(await freePort()),
    PRICE_SERVICE: neighbours.priceUrl,
    REGISTRY: neighbours.registryUrl,
  }
  await initRepository({ db: store.db, dir: bare, name: shopRepository, connection, gatewayUrl, secretFile, variables })
  const file = join(dataDir, 'story.json')
  const kept = await readFile(file, 'utf8').then(
    (text) => Kept.parse(JSON.parse(text)),
    () => undefined,
  )
  return {
    copy: await openWorkingCopy(join(dataDir, 'working-copy'), bare),
    played: kept?.played ?? [],
    based: kept !== undefined,
    keep: async (played) => {
      // Whole or not at all: a second Ctrl-C ends the process wherever it is.
      await writeFile(`${file}.new`, JSON.stringify({ played }))
      await rename(`${file}.new`, file)
    },
  }
}

const Kept = z.object({ played: z.array(z.number()) })

type Ending = 'handled' | 'green' | 'late'

interface Watch {
  /** Resolves when the run of a commit ended. */
  ended(sha: string, signal: AbortSignal): Promise<void>
  /** Resolves when what happened to a chapter's commit was handled, or it was green at once. */
  chapter(chapter: Chapter, sha: string, signal: AbortSignal): Promise<Ending>
  firstMendedAtMs(): number | undefined
  close(): Promise<void>
}

function watchRuns({ store, logger, say, dataDir }: StoryDeps): Watch {
  const narrate = createNarrator({ approve: (permit) => `npx mendline approve ${permit}${folderOption(dataDir)}` })
  const chapterOf = new Map<string, number>()
  const shaOf = new Map<string, string>()
  const endings = new Map<string, PromiseWithResolvers<Ending>>()
  let firstMendedAtMs: number | undefined
  function endingOf(sha: string): PromiseWithResolvers<Ending> {
    const known = endings.get(sha) ?? Promise.withResolvers<Ending>()
    endings.set(sha, known)
    return known
  }

  const close = followEvents(store, logger, (event) => {
    if ('run' in event.data) shaOf.set(event.data.run.id, event.data.run.sha)
    const runId = 'runId' in event.data ? event.data.runId : event.subject
    const sha = shaOf.get(runId)
    const line = narrate(event)
    if (line !== undefined) say(sha === undefined ? undefined : chapterOf.get(sha), line)
    if (sha === undefined) return
    if (isMended(event)) firstMendedAtMs ??= performance.now()
    const ending = endingFrom(event)
    if (ending !== undefined) endingOf(sha).resolve(ending)
  })

  const orLate = async (ending: Promise<Ending>, signal: AbortSignal): Promise<Ending> => {
    const { promise, resolve } = Promise.withResolvers<Ending>()
    const timer = setTimeout(() => resolve('late'), chapterLimitMs)
    signal.addEventListener('abort', () => resolve('late'), { once: true })
    return await Promise.race([ending, promise]).finally(() => clearTimeout(timer))
  }

  return {
    async ended(sha, signal) {
      await orLate(endingOf(sha).promise, signal)
    },
    async chapter(chapter, sha, signal) {
      chapterOf.set(sha, chapter.number)
      return await orLate(endingOf(sha).promise, signal)
    },
    firstMendedAtMs: () => firstMendedAtMs,
    close,
  }
}

/** What a command needs to find this installation; nothing if it would look here anyway. */
function folderOption(dataDir: string): string {
  if (dataFolder({}) === dataDir) return ''
  return ` --data ${/^[\w./-]+$/.test(dataDir) ? dataDir : `'${dataDir.replaceAll("'", `'\\''`)}'`}`
}

function isMended(event: StoredEvent): boolean {
  return event.type === 'healing.finished' && (event as StoredEvent<'healing.finished'>).data.outcome === 'mended'
}

function endingFrom(event: StoredEvent): Ending | undefined {
  if (event.type === 'permit.asked') return 'handled'
  if (event.type === 'run.succeeded')
    return (event as StoredEvent<'run.succeeded'>).data.run.attempt === 1 ? 'green' : undefined
  if (event.type !== 'healing.finished') return undefined
  // A mend that did not hold is followed by the next case, of the next attempt.
  return (event as StoredEvent<'healing.finished'>).data.outcome === 'not-mended' ? undefined : 'handled'
}

interface Neighbours {
  readonly priceUrl: string
  readonly registryUrl: string
  overload(list: string, ms: number): void
  closeRegistry(): Promise<void>
  openRegistry(): Promise<unknown>
  close(): Promise<void>
}

/**
 * Imported from a copy: below `node_modules` Node would not run it as TypeScript. `.mts`, because the data may lie
 * below a package that is not made of ES modules.
 */
async function openNeighbours(dataDir: string): Promise<Neighbours> {
  const copy = join(dataDir, 'neighbours.mts')
  await copyFile(join(shopFolder, 'chapters', 'neighbours.ts'), copy)
  const module = (await import(pathToFileURL(copy).href)) as { openNeighbours(): Promise<Neighbours> }
  return await module.openNeighbours()
}

async function freePort(): Promise<number> {
  const probe = createServer()
  return await new Promise((resolve, reject) => {
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
