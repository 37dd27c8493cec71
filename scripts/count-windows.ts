/**
 * Counts which four bytes stand next to each other in logs most often: `node scripts/count-windows.ts DIR`. By it the
 * search for literals knows by which part of each a log is least often mistaken for it. Every log counts the same,
 * however long. Writes how often each is met in a million bytes; nothing else of the logs.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const most = 20_000
const windowLength = 4
/** Of a longer log its first and last part count. */
const partBytes = 500_000

const [dir] = process.argv.slice(2)
if (dir === undefined) throw new Error('which folder holds logs? node scripts/count-windows.ts DIR')
const shares = new Map<number, number>()
let logs = 0
for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
  if (!/\.log(?:\.gz)?$/.test(file)) continue
  count(read(join(dir, file)))
  logs += 1
}
const told = [...shares]
  .map(([window, share]) => [textOf(window), Math.round((share / logs) * 1e6)] as const)
  .filter(([text]) => !text.includes('\n'))
  .sort((a, b) => b[1] - a[1])
  .slice(0, most)
const target = new URL('../src/loops/heal/weights/windows.json', import.meta.url)
writeFileSync(target, `${JSON.stringify(Object.fromEntries(told))}\n`)
console.log(`${logs} logs; the rarest of ${told.length} windows: ${told.at(-1)?.[1]} in a million bytes`)

function count(bytes: Buffer): void {
  for (let at = 0; at + windowLength <= bytes.length; at += 1) {
    const window = bytes.readInt32LE(at)
    shares.set(window, (shares.get(window) ?? 0) + 1 / bytes.length)
  }
}

function read(path: string): Buffer {
  const given = readFileSync(path)
  const bytes = given[0] === 0x1f && given[1] === 0x8b ? gunzipSync(given) : given
  if (bytes.length <= 2 * partBytes) return bytes
  return Buffer.concat([bytes.subarray(0, partBytes), bytes.subarray(-partBytes)])
}

function textOf(window: number): string {
  const bytes = Buffer.alloc(windowLength)
  bytes.writeInt32LE(window)
  return bytes.toString('latin1')
}
