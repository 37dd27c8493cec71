import { commonTest } from './beam/common-test.ts'
import { eunit } from './beam/eunit.ts'
import { exunit } from './beam/exunit.ts'
import { xunitConsole } from './dotnet/console-runners.ts'
import { vstest } from './dotnet/vstest.ts'
import { ginkgo } from './go/ginkgo.ts'
import { goTest } from './go/go-test.ts'
import { ava } from './javascript/ava.ts'
import { bun } from './javascript/bun.ts'
import { deno } from './javascript/deno.ts'
import { jasmine } from './javascript/jasmine.ts'
import { jest } from './javascript/jest.ts'
import { karma } from './javascript/karma.ts'
import { mocha } from './javascript/mocha.ts'
import { nodeTest } from './javascript/node-test.ts'
import { playwright } from './javascript/playwright.ts'
import { vitest } from './javascript/vitest.ts'
import { ant } from './jvm/ant.ts'
import { clojureTest } from './jvm/clojure-test.ts'
import { gradle } from './jvm/gradle.ts'
import { junitConsole } from './jvm/junit-console.ts'
import { sbt } from './jvm/sbt.ts'
import { scalatest } from './jvm/scalatest.ts'
import { maven } from './jvm/surefire.ts'
import { testng } from './jvm/testng.ts'
import { automake } from './native/automake.ts'
import { boostTest } from './native/boost-test.ts'
import { catch2 } from './native/catch2.ts'
import { ctest } from './native/ctest.ts'
import { gtest } from './native/gtest.ts'
import { lit } from './native/lit.ts'
import { meson } from './native/meson.ts'
import { qtest } from './native/qtest.ts'
import { bazel } from './others/bazel.ts'
import { busted } from './others/busted.ts'
import { cucumber } from './others/cucumber.ts'
import { dart } from './others/dart.ts'
import { hspec } from './others/hspec.ts'
import { julia } from './others/julia.ts'
import { pester } from './others/pester.ts'
import { prove } from './others/prove.ts'
import { tap } from './others/tap.ts'
import { tasty } from './others/tasty.ts'
import { testthat } from './others/testthat.ts'
import { pest } from './php/pest.ts'
import { phpunit } from './php/phpunit.ts'
import { runTests } from './php/run-tests.ts'
import { behave } from './python/behave.ts'
import { pytest } from './python/pytest.ts'
import { robot } from './python/robot.ts'
import { stestr } from './python/stestr.ts'
import { unittest } from './python/unittest.ts'
import { minitest } from './ruby/minitest.ts'
import { rspec } from './ruby/rspec.ts'
import { testUnit } from './ruby/test-unit.ts'
import { cargo } from './rust/cargo.ts'
import { nextest } from './rust/nextest.ts'
import { xctest } from './swift/xctest.ts'
import type { Tool } from './tool.ts'

/** Every tool whose results are read. To add one: a file beside its family, a test with its true output, a line here. */
export const tools: readonly Tool[] = [
  ...[maven, gradle, ant, sbt, testng, scalatest, junitConsole, clojureTest],
  ...[pytest, unittest, stestr, robot, behave],
  ...[jest, mocha, karma, jasmine, vitest, nodeTest, ava, playwright, deno, bun],
  ...[goTest, ginkgo],
  ...[cargo, nextest],
  ...[rspec, minitest, testUnit],
  ...[phpunit, pest, runTests],
  ...[vstest, xunitConsole],
  ...[ctest, gtest, catch2, boostTest, qtest, meson, automake, lit],
  xctest,
  ...[exunit, eunit, commonTest],
  ...[bazel, cucumber, hspec, tasty, busted, testthat, julia, dart, pester, prove, tap],
]
