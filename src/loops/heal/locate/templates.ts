import { hashUnit, mixed, noText } from '../learn/hash.ts'

const longestLine = 300
const zero = 0x30
const smallX = 0x78
/** Of fewer hexadecimal digits a word may be made: `added`, `facade`. */
const shortestHex = 7
const longestHex = 64
const longestPrefixed = 40

/** 2 for decimal digits, 1 for those that only hexadecimal numbers have. */
const digits = new Uint8Array(1 << 16)
for (const char of 'abcdefABCDEF') digits[char.charCodeAt(0)] = 1
for (const char of '0123456789') digits[char.charCodeAt(0)] = 2

/** What stays the same of a line from run to run, as a number: every number in it counts as one zero. */
export function templateOf(line: string): number {
  const text = line.slice(0, longestLine).trimEnd()
  let hash = noText
  let at = 0
  while (at < text.length) {
    const unit = text.charCodeAt(at)
    if (digits[unit] === 0) {
      hash = hashUnit(hash, unit)
      at += 1
      continue
    }
    const end = digitsEnd(text, at, at + longestHex, 1)
    if (end - at >= shortestHex) {
      hash = hashUnit(hash, zero)
      at = end
    } else
      while (at < end) {
        const isNumber = digits[text.charCodeAt(at)] === 2
        hash = hashUnit(hash, isNumber ? zero : text.charCodeAt(at))
        at = isNumber ? numberEnd(text, at) : at + 1
      }
  }
  return mixed(hash)
}

/** Where `0x2f` or `47` ends. */
function numberEnd(text: string, at: number): number {
  if (text.charCodeAt(at) === zero && (text.charCodeAt(at + 1) | 0x20) === smallX) {
    const end = digitsEnd(text, at + 2, at + 2 + longestPrefixed, 1)
    if (end > at + 2) return end
  }
  return digitsEnd(text, at, text.length, 2)
}

function digitsEnd(text: string, from: number, to: number, least: number): number {
  const last = Math.min(to, text.length)
  let at = from
  while (at < last && (digits[text.charCodeAt(at)] as number) >= least) at += 1
  return at
}
