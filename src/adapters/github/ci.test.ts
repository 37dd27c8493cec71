import { ciFor, definition, failedTest, policy, shop, shopRun, startShop } from '../../../test/github/world.ts'
import { ciContract, failedTestLog, type World } from '../ci.contract.ts'

ciContract('github as an app', () => makeWorld('app'))
ciContract('github with a token', () => makeWorld('token'))

async function makeWorld(as: 'app' | 'token'): Promise<World> {
  const github = await startShop()
  const made = ({ id, sha }: { id: string; sha: string }) => ({ ref: { repository: shop, externalId: id }, sha })
  return {
    ci: ciFor(github, as),
    repository: shop,
    definition,
    file: policy,
    secrets: [github.token, 'ghs_', 'BEGIN'],
    restarted: () => ciFor(github, as),
    failedRun: async () => made(await github.addRun(shopRun(failedTestLog, failedTest))),
    runningRun: async () => made(await github.addRun(shopRun(failedTestLog))),
    finish: (ref, conclusion) => github.finish(ref.externalId, { jobs: { test: conclusion } }),
    reruns: (ref) => github.reruns(ref.externalId),
    close: () => github.close(),
  }
}
