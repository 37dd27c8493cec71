import type { PipelineHooks } from '../../../commons/pipelines/projection.ts'
import type { Store } from '../../../engine/database/database.ts'
import { type Flow, flow } from '../../../engine/flows/flow.ts'
import { startFlow } from '../../../engine/flows/queue.ts'
import type { AdvanceDeps } from './advance.ts'
import type { Push } from './coordinator.ts'

/**
 * A push becomes runs in a flow of its own: planning asks git, several times, and the transaction in which the push is
 * heard must not wait for that.
 */
export function createBuild(
  store: Store,
  connection: string,
  deps: AdvanceDeps,
): { readonly flow: Flow<Push>; readonly hooks: PipelineHooks } {
  const build = flow('build', async (push: Push, at) => {
    await at.step('plan', async () => {
      // What reads workflows is large, and most workers never build.
      const { planPush } = await import('./coordinator.ts')
      await planPush(store.db, push, deps)
    })
  })
  return {
    flow: build,
    hooks: {
      async onPush(tx, push, because) {
        // What is pushed elsewhere is built elsewhere.
        if (push.connection === connection)
          await startFlow(tx, build, push, { id: `build:${because.id}`, priority: 10 })
      },
    },
  }
}
