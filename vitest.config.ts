import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The longest first: begun last, one of them would run alone at the end while the other core waits. */
const longest = [
  /\/test\/journeys\/heal-survives-/,
  /\/test\/(journeys|browser\/screens)|\/roles\/runner\/service\/|\/cli\/run\//,
  /\/test\/|\.db\.test\.ts$|\/cli\//,
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((kind) => kind.test(moduleId))
      return found === -1 ? longest.length : found
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

/** What has a database, starts processes or changes its own: each file in a process of its own. */
const apart = ['**/*.db.test.ts', 'test/**/*.test.ts', 'src/cli/**/*.test.ts', 'src/roles/runner/**/*.test.ts']
/** All else leaves nothing behind and shares processes: the modules are loaded once, not once a file. */
const together = ['src/**/*.test.ts', 'web/src/**/*.test.ts', 'bench/**/*.test.ts']

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A condition is waited for as long as a busy machine may need; one that never comes fails all the same.
    expect: { poll: { timeout: 15_000 } },
    // As many as cores: journeys that kill processes measure patience, and must not starve.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // What tests start begins as quickly as the program does: most of a start is compiling modules.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/mendline', import.meta.url)) },
    reporters: process.env.CI ? ['default'] : ['dot'],
    projects: [
      {
        extends: true,
        // One PostgreSQL for all, and a clone of its template database for each file.
        test: { name: 'apart', include: apart, globalSetup: ['test/database-server.ts'] },
      },
      {
        extends: true,
        test: { name: 'together', include: together, exclude: [...apart, '**/node_modules/**'], isolate: false },
      },
    ],
  },
})
