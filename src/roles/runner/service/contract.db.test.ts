import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { testStore } from '../../../../test/database.ts'
import { ciContract, failedTestLog, type PreparedRun, type World } from '../../../adapters/ci.contract.ts'
import { createNativeCi } from '../../../adapters/native/ci.ts'
import { systemClock } from '../../../base/clock.ts'
import { redactText } from '../../../loops/heal/logs/redact.ts'
import { connection, openBuild, repository, secret } from './build.fixture.ts'

/** The vendor is the real one here: pushes, processes and tables, with a file as the switch that lets a job end. */
ciContract('our own build service', async (): Promise<World> => {
  const store = await testStore()
  const build = await openBuild(store)
  const switches = join(build.root, 'switches')
  mkdirSync(switches)
  await build.configure({ SWITCHES: switches })
  build.startRunner({ slots: 4 })

  const push = async (building: string): Promise<PreparedRun> => {
    const sha = await build.push({ [path]: definition, 'build.sh': building, 'test.sh': testing })
    const ref = await vi.waitFor(async () => {
      const run = (await build.ci.runsSince(repository, new Date(0))).find((one) => one.sha === sha)
      if (run === undefined) throw new Error(`no run for ${sha}`)
      return { repository, externalId: run.externalId }
    }, soon)
    return { ref, sha }
  }
  const finish: World['finish'] = async (ref, conclusion) => {
    const run = await build.ci.run(ref)
    writeFileSync(join(switches, `${run?.sha}-${run?.attempt}`), conclusion === 'success' ? '0' : '1')
    await vi.waitFor(async () => expect(await build.ci.run(ref)).toMatchObject({ status: 'completed' }), soon)
  }
  return {
    ci: build.ci,
    repository,
    definition: { path, text: definition },
    file: { path: 'test.sh', text: testing },
    secrets: [secret],
    restarted: () => createNativeCi({ db: store.db, connection, clock: systemClock, redact: redactText }),
    async failedRun() {
      const made = await push('echo built\n')
      await finish(made.ref, 'failure')
      return made
    },
    async runningRun() {
      const made = await push(awaitSwitch)
      await vi.waitFor(
        async () => expect((await build.ci.jobs(made.ref, 1))[0]).toMatchObject({ status: 'in_progress' }),
        soon,
      )
      return made
    },
    finish,
    reruns: async (ref) => ((await build.ci.run(ref))?.attempt ?? 1) - 1,
    close: () => build.close(),
  }
})

const soon = { timeout: 20_000, interval: 40 }
const path = '.github/workflows/ci.yml'
const definition = `name: ci
on: push
env:
  SWITCHES: \${{ vars.SWITCHES }}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: sh build.sh
  test:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: sh test.sh
  publish:
    needs: test
    runs-on: ubuntu-latest
    steps:
      - run: echo published
`
const awaitSwitch = `switch="$SWITCHES/$GITHUB_SHA-$GITHUB_RUN_ATTEMPT"
until [ -s "$switch" ]; do sleep 0.03; done
`
const testing = `${awaitSwitch}echo '${failedTestLog[0]}'
[ "$(cat "$switch")" = 0 ] && exit 0
echo "${failedTestLog[1]}"
echo "${failedTestLog[2]}"
exit 1
`
