import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { Invalid } from '../../../../base/errors.ts'
import type { JobState, StepRun, Verdict } from '../job-state.ts'
import { fail } from '../launch.ts'
import type { ActionInputs } from './inputs.ts'

/** `actions/cache`: restore now, save after a green job when the exact key was not there. */
export async function useCache(job: JobState, step: StepRun, inputs: ActionInputs): Promise<Verdict> {
  const verdict = await restoreCache(job, step, inputs)
  if (verdict.outcome === 'success' && step.outputs['cache-hit'] !== 'true')
    job.posts.push({
      name: `Post ${step.name}`,
      condition: 'success()',
      run: step,
      body: (run) => saveCache(job, run, inputs),
    })
  return verdict
}

/** `actions/cache/restore`: the exact key, then the newest entry under each restore key. */
export async function restoreCache(job: JobState, step: StepRun, inputs: ActionInputs): Promise<Verdict> {
  const request = readRequest(job, inputs)
  const { outputs } = step
  outputs['cache-primary-key'] = request.key
  if (job.request.clean) job.log.line('This is a clean run: no cache is restored.')
  const found = job.request.clean ? undefined : await findEntry(request, inputs.lines('restore-keys'))
  if (!found) {
    job.log.line(`Cache not found for input keys: ${[request.key, ...inputs.lines('restore-keys')].join(', ')}`)
    return inputs.flag('fail-on-cache-miss', false)
      ? fail(job, `Failed to restore cache entry. Input key: ${request.key}`)
      : { outcome: 'success' }
  }
  outputs['cache-hit'] = String(found.key === request.key)
  outputs['cache-matched-key'] = found.key
  if (!inputs.flag('lookup-only', false))
    for (const [index, place] of request.places.entries()) {
      const kept = path.join(found.folder, String(index))
      if (existsSync(kept)) await cp(kept, place, { recursive: true, verbatimSymlinks: true, force: true })
    }
  job.log.line(`Cache restored from key: ${found.key}`)
  return { outcome: 'success' }
}

/** `actions/cache/save`: an entry never changes once it is there. */
export async function saveCache(job: JobState, _step: StepRun, inputs: ActionInputs): Promise<Verdict> {
  const { store, key, places } = readRequest(job, inputs)
  if (!store) return { outcome: 'success' }
  const target = path.join(store, nameOf(key))
  if (existsSync(target)) {
    job.log.line(`The cache has an entry for ${key} already; it stays as it is.`)
    return { outcome: 'success' }
  }
  const arriving = path.join(store, `.${randomUUID()}`)
  await mkdir(arriving, { recursive: true })
  for (const [index, place] of places.entries())
    if (existsSync(place))
      await cp(place, path.join(arriving, String(index)), { recursive: true, verbatimSymlinks: true })
  await writeFile(path.join(arriving, 'key'), key)
  try {
    await rename(arriving, target)
    job.log.line(`Cache saved with key: ${key}`)
  } catch {
    // Another job was faster with the same key: its entry is as good.
    await rm(arriving, { recursive: true, force: true })
  }
  return { outcome: 'success' }
}

interface CacheRequest {
  /** Undefined where nothing is cached. */
  readonly store: string | undefined
  readonly key: string
  readonly places: readonly string[]
}

function readRequest(job: JobState, inputs: ActionInputs): CacheRequest {
  const { cache, workspace } = job.request.folders
  const key = inputs.required('key')
  if (key.length > 512 || key.includes(','))
    throw new Invalid(`the cache key '${key.slice(0, 80)}' is too long or holds a comma`)
  inputs.required('path')
  const paths = inputs.lines('path')
  const wild = paths.find((line) => /[*?[!]/.test(line))
  if (wild)
    throw new Invalid(`the cache path '${wild}' holds a wildcard, which this runner does not read: name the folder`)
  const home = job.base.HOME ?? homedir()
  const places = paths.map((line) => path.resolve(workspace, line.replace(/^~(?=\/|$)/, home)))
  // Entries of other paths are other entries, as on GitHub.
  const version = nameOf(paths.join('\n'))
  if (!cache) job.log.line('This runner was given no folder for caches: nothing is cached.')
  return { store: cache && path.join(cache, version), key, places }
}

async function findEntry(
  { store, key }: CacheRequest,
  restoreKeys: readonly string[],
): Promise<{ readonly folder: string; readonly key: string } | undefined> {
  if (!store || !existsSync(store)) return undefined
  const names = (await readdir(store)).filter((name) => !name.startsWith('.'))
  const entries = await Promise.all(
    names.map(async (name) => {
      const folder = path.join(store, name)
      const keyFile = path.join(folder, 'key')
      return { folder, key: await readFile(keyFile, 'utf8'), savedAt: (await stat(keyFile)).mtimeMs }
    }),
  )
  const newest = entries.sort((a, b) => b.savedAt - a.savedAt)
  const exact = newest.find((entry) => entry.key === key)
  if (exact) return exact
  for (const prefix of [key, ...restoreKeys]) {
    const near = newest.find((entry) => entry.key.startsWith(prefix))
    if (near) return near
  }
  return undefined
}

function nameOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
