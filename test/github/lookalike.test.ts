import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { githubHook } from '../../src/adapters/github/hook.ts'
import type { GithubLookalike } from './lookalike.ts'
import { controlGithub } from './remote.ts'
import { ciFor, failedTest, shop, shopRun, startShop } from './world.ts'

interface Received {
  readonly guid: string
  readonly event: string
  readonly authentic: boolean
}

describe('webhooks of the look-alike', () => {
  let github: GithubLookalike
  let receiver: Server
  let target: { url: string; secret: string }
  let received: Received[] = []
  beforeEach(async () => {
    received = []
    github = await startShop()
    receiver = createServer(async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part)
      const headers = request.headers as Record<string, string>
      const authentic = githubHook.verify({ connection: 'acme', headers, body: Buffer.concat(parts) }, ['s3cret'])
      received.push({ guid: headers['x-github-delivery'] ?? '', event: headers['x-github-event'] ?? '', authentic })
      response.writeHead(202).end()
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    target = { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`, secret: 's3cret' }
  })
  afterEach(async () => {
    receiver.closeAllConnections()
    receiver.close()
    await github.close()
  })

  const guids = () => received.map(({ guid }) => guid)
  const failOnce = () => github.addRun(shopRun(['not ok'], failedTest))

  test('are signed, and come in the order of what happened', async () => {
    await github.deliverTo(target)
    await failOnce()
    await github.settled()
    expect(received.every(({ authentic }) => authentic)).toBe(true)
    expect(received[0]?.event).toBe('workflow_run')
    expect(guids()).toEqual((await github.deliveries()).map(({ guid }) => guid))
  })

  test('are doubled, dropped and reversed on command', async () => {
    await github.deliverTo({ ...target, mode: 'doubled' })
    await failOnce()
    await github.settled()
    expect(received).toHaveLength(new Set(guids()).size * 2)
    received = []
    await github.deliverTo({ ...target, mode: 'dropped' })
    await failOnce()
    await github.settled()
    expect(received).toEqual([])
    await github.deliverTo({ ...target, mode: 'held' })
    const before = (await github.deliveries()).length
    await failOnce()
    await github.release('reversed')
    await github.settled()
    expect(guids()).toEqual(
      (await github.deliveries())
        .slice(before)
        .map(({ guid }) => guid)
        .reverse(),
    )
  })

  test('are delivered again with the id they had', async () => {
    await github.deliverTo({ ...target, mode: 'dropped' })
    await failOnce()
    const lost = (await github.deliveries()).at(-1)?.guid ?? ''
    await github.deliverTo(target)
    await github.redeliver(lost)
    await github.settled()
    expect(guids()).toEqual([lost])
  })
})

test('as its own process it keeps its counts while those who call it come and go', async () => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line] = await once(child.stdout, 'data')
    const address = JSON.parse(String(line)) as Pick<GithubLookalike, 'url' | 'token' | 'app'>
    const control = controlGithub(address.url)
    await control.addRepository({ repository: shop })
    const { id, sha } = await control.addRun(shopRun(['not ok'], failedTest))
    const request = {
      repository: shop,
      externalId: id,
      attempt: 1,
      sha,
      jobs: ['test'],
      options: {},
      idempotencyKey: 'k',
    }
    await ciFor(address).rerunFailed(request)
    expect(await ciFor(address).rerunFailed(request)).toMatchObject({ kind: 'done', already: true })
    expect(await control.reruns(id)).toBe(1)
    expect(await control.counts()).toMatchObject({ 'rerun-failed-jobs': 1 })
    await expect(control.finish('1')).rejects.toThrow(/no run 1/)
  } finally {
    child.kill()
    await once(child, 'exit')
  }
})
