import { ginkgo } from './go/ginkgo.ts'
import { goTest } from './go/go-test.ts'
import { jest } from './javascript/jest.ts'
import { karma } from './javascript/karma.ts'
import { mocha } from './javascript/mocha.ts'
import { nodeTest } from './javascript/node-test.ts'
import { vitest } from './javascript/vitest.ts'
import { ant } from './jvm/ant.ts'
import { gradle } from './jvm/gradle.ts'
import { sbt } from './jvm/sbt.ts'
import { maven } from './jvm/surefire.ts'
import { testng } from './jvm/testng.ts'
import { prove } from './others/perl.ts'
import { tap } from './others/tap.ts'
import { pytest } from './python/pytest.ts'
import { unittest } from './python/unittest.ts'
import { cargo, nextest } from './rust/cargo.ts'
import type { Tool } from './tool.ts'

/** Every tool whose results are read. To add one: a file beside its family, a test with its true output, a line here. */
export const tools: readonly Tool[] = [
  maven,
  gradle,
  ant,
  sbt,
  testng,
  pytest,
  unittest,
  jest,
  mocha,
  karma,
  vitest,
  nodeTest,
  goTest,
  ginkgo,
  cargo,
  nextest,
  prove,
  tap,
]
