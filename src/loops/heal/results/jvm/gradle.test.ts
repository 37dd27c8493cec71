import { describe, expect, it } from 'vitest'
import { toldBy } from '../told.fixture.ts'
import { gradleName } from './gradle-names.ts'

describe('gradle', () => {
  it('tells counts of all tasks, and names', () => {
    const log = `> Task :shop:test
CartTest > adds() FAILED
    org.opentest4j.AssertionFailedError at CartTest.java:12
12 tests completed, 1 failed, 2 skipped
> Task :shop:test FAILED
> Task :till:test
5 tests completed, 1 failed
BUILD FAILED in 3s`
    expect(toldBy(log)).toMatchObject({ tool: 'gradle', run: 17, failed: 2, skipped: 2, failing: ['CartTest.adds()'] })
  })

  it('counts shown tests where there is no total', () => {
    const log = '> Task :test\nCartTest > adds() PASSED\nCartTest > later() SKIPPED\nBUILD SUCCESSFUL in 2s'
    expect(toldBy(log)).toMatchObject({ tool: 'gradle', run: 2, failed: 0, skipped: 1 })
  })

  it.each([
    ['org.acme.CartTest > adds[0]', 'org.acme.CartTest.adds[0]'],
    ['CartTest > adds[a > b]', 'CartTest.adds[a > b]'],
    ['CartTest > Empty > adds(int) > [2] a > b', 'CartTest$Empty.adds(int)[2]'],
    ['CartTest > adds up to three', 'CartTest.adds up to three'],
    ['CartTest > Empty > adds()', 'CartTest$Empty.adds()'],
    ['CartTest > adds(int, String) > [2] 11, pear', 'CartTest.adds(int, String)[2]'],
    ['CartTest > adds(int) > org.acme.CartTest.adds(int)[2]', 'org.acme.CartTest.adds(int)[2]'],
    ['Suite > Shop > org.acme.CartTest.adds[1](2, 3)', 'org.acme.CartTest.adds[1](2, 3)'],
    ['Suite > Shop > org.acme.CartTest > adds', 'org.acme.CartTest.adds'],
    ['org.acme.CartTest.adds', 'org.acme.CartTest.adds'],
    ['> Task :shop:test', undefined],
    [':test', undefined],
  ])('reads %s', (text, name) => expect(gradleName(text)).toBe(name))
})
