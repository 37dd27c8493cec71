import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isStepOutput, stepOutput } from './step-output.ts'

async function read(json: string, size = 1_000): Promise<string> {
  const bytes = Buffer.from(json)
  async function* pieces(): AsyncIterable<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const parts: Uint8Array[] = []
  for await (const part of stepOutput(pieces())) parts.push(part)
  return Buffer.concat(parts).toString()
}
const pieceOf = (message: string) => ({ message, time: '2026-01-31T10:11:12.123Z', type: 'out', truncated: false })

describe('step output in JSON', () => {
  it('is told by its first bytes', () => {
    expect(isStepOutput(Buffer.from('[{"message":"x"}]'))).toBe(true)
    expect(isStepOutput(Buffer.from('[ {\n "pos": 0, "out": "x" } ]'))).toBe(true)
    expect(isStepOutput(Buffer.from('[INFO] Building'))).toBe(false)
    expect(isStepOutput(Buffer.from('[{"name":"a test report"}]'))).toBe(false)
  })
  it('is the text of its pieces, whatever stands in it and however it arrives', async () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }),
        fc.integer({ min: 1, max: 40 }),
        async (messages, size) => {
          const whole = messages.map((message) => message.toWellFormed())
          expect(await read(JSON.stringify(whole.map(pieceOf)), size)).toBe(whole.join(''))
          expect(await read(JSON.stringify(whole.map(pieceOf), null, 2), size)).toBe(whole.join(''))
        },
      ),
      { numRuns: 60 },
    ))
  it('reads escapes that are cut between two chunks', async () =>
    expect(await read('[{"message":"a\\"b\\\\\\u00e9\\ud83d\\ude00\\r\\n"}]', 1)).toBe('a"b\\é😀\r\n'))
  it('cut short is read to where it was cut', async () => expect(await read('[{"message":"one\\ntwo')).toBe('one\ntwo'))
})
