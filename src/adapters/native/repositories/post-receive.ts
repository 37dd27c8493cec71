import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createHttpClient } from '../../../base/http-client.ts'
import { describeCommit, isNoCommit, isSha } from '../git.ts'
import { drainSpool, readConfig, spoolPush } from './spool.ts'

/**
 * Started by git after a push, with a line `old new ref` for each ref that moved. It writes each push down, then tries to
 * tell the gateway; who pushed waits at most a moment for that, and never loses the push over it.
 */
async function main(folder: string): Promise<void> {
  const { repository } = await readConfig(folder)
  for await (const line of createInterface({ input: process.stdin })) {
    const [before = '', after = '', ref = ''] = line.split(' ')
    if (!isSha(before) || !isSha(after) || !ref.startsWith('refs/')) continue
    const commit = isNoCommit(after) ? undefined : await describeCommit(join(folder, '..'), after)
    await spoolPush(folder, { repository, ref, before, after, actor: commit?.author, title: commit?.title })
  }
  const failure = await drainSpool(folder, createHttpClient())
  if (failure !== undefined) say(`the push is kept and told later: ${failure}`)
}

function say(sentence: string): void {
  process.stderr.write(`mendline: ${sentence}\n`)
}

await main(process.argv[2] ?? '.').catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
