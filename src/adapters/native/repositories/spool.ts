import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HttpClient } from '../../../base/http-client.ts'
import { newId } from '../../../base/ids.ts'
import { deliver } from '../deliver.ts'
import type { PushBody } from '../schema.ts'
import { HookConfig } from './hook-config.ts'

/**
 * Pushes on their way to the gateway, a file each. They are written before anything is sent and removed once
 * acknowledged, so a gateway that is away loses none; the file's name is the delivery's id and sorts by time.
 */
export async function spoolPush(folder: string, push: PushBody): Promise<void> {
  const spool = join(folder, 'spool')
  await mkdir(spool, { recursive: true })
  const id = newId()
  await writeFile(join(spool, `${id}.new`), JSON.stringify(push))
  await rename(join(spool, `${id}.new`), join(spool, `${id}.json`))
}

/** Send what waits, oldest first, until the first that does not arrive. Says why it did not; undefined when all did. */
export async function drainSpool(folder: string, http: HttpClient): Promise<string | undefined> {
  const waiting = await waitingIn(folder)
  if (waiting.length === 0) return undefined
  const { connection, gatewayUrl, secretFile } = await readConfig(folder)
  const secret = (await readFile(secretFile, 'utf8')).trim()
  for (const file of waiting) {
    const path = join(folder, 'spool', file)
    const body = await readFile(path, 'utf8').catch(() => undefined)
    if (body === undefined) continue
    const delivery = { id: file.slice(0, -'.json'.length), event: 'push.received', body }
    const failure = await deliver(http, { url: gatewayUrl, connection, secret }, delivery)
    if (failure !== undefined) return failure
    await rm(path, { force: true })
  }
  return undefined
}

export async function readConfig(folder: string): Promise<HookConfig> {
  return HookConfig.parse(JSON.parse(await readFile(join(folder, 'hook.json'), 'utf8')))
}

async function waitingIn(folder: string): Promise<readonly string[]> {
  const files = await readdir(join(folder, 'spool')).catch(() => [])
  return files.filter((file) => file.endsWith('.json')).sort()
}
