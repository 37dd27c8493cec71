import { describe, expect, it } from 'vitest'
import { readJunit } from './junit.ts'

async function* inPieces(text: string, size: number): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const file = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE testsuites [<!ENTITY big "bigbigbig">]>
<testsuites>
  <testsuite name="outer"><testsuite name="org.acme.CartTest" tests="99">
    <testcase classname="org.acme.CartTest" name="adds &quot;two&quot;" time="1,234.5" file="CartTest.java" line="7">
      <failure message="expected &lt;3&gt; &big;" type="AssertionError"><![CDATA[at <somewhere>]]></failure>
      <system-out>a > b</system-out>
    </testcase>
    <testcase name="opens" time="0.5"><error>java.lang.IllegalStateException: no cart
    at Cart.open</error></testcase>
    <testcase name="later"><skipped/></testcase>
    <testcase name="empty"/>
    <testcase name="flaky" classname="A"><flakyFailure message="once"/></testcase>
    <testcase name="again" classname="A"><failure message="first"/></testcase>
    <testcase name="again" classname="A"/>
  </testsuite></testsuite>
</testsuites>`

describe('a JUnit file', () => {
  it.each([1, 7, 64, 100_000])('is read in pieces of %i bytes', async (size) => {
    expect(await readJunit(inPieces(file, size))).toEqual({
      run: 5,
      failed: 2,
      errored: 1,
      skipped: 1,
      failing: [
        {
          className: 'org.acme.CartTest',
          name: 'adds "two"',
          file: 'CartTest.java',
          line: 7,
          message: 'expected <3> &big;',
        },
        { className: 'org.acme.CartTest', name: 'opens', message: 'java.lang.IllegalStateException: no cart' },
      ],
      flaky: [
        { className: 'A', name: 'flaky' },
        { className: 'A', name: 'again', message: 'first' },
      ],
      durationSeconds: 1235,
    })
  })

  it('that is cut short tells what came before', async () => {
    expect(await readJunit(inPieces(file.slice(0, file.indexOf('<testcase name="later"')), 50))).toMatchObject({
      failed: 2,
    })
  })

  it('of a gigantic attribute, or of no tags at all, costs no memory', async () => {
    const junk = `<testsuite><testcase name="a"><failure message="${'x'.repeat(2_000_000)}"/></testcase><testcase name="b"/></testsuite>`
    expect((await readJunit(inPieces(junk, 65_536))).run).toBeGreaterThan(0)
    expect(await readJunit(inPieces('no xml '.repeat(200_000), 65_536))).toMatchObject({ run: 0, failing: [] })
  })
})
