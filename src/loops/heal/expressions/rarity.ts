/** The common ones first; all others are rarer. */
const common = ' etaoinrsl0dc.mup-hf/:gbvwky_,"=()\'x'

/** The longest keys by which text is noticed. */
export const keyLength = 3

/** How rarely a text is met in logs: as rarely as its key; of two alike the longer one. */
export function rarity(text: string): number {
  return Math.max(...keysOf(text).map(rarityOfKey)) + text.length / 1_000
}

/** The part of a text that is met least. */
export function rarestKey(text: string): string {
  return keysOf(text).reduce((best, key) => (rarityOfKey(key) > rarityOfKey(best) ? key : best))
}

function keysOf(text: string): readonly string[] {
  const length = Math.min(keyLength, text.length)
  return Array.from({ length: text.length - length + 1 }, (_, at) => text.slice(at, at + length))
}

function rarityOfKey(key: string): number {
  let sum = 0
  for (const char of key) sum += 4 + (common.includes(char) ? common.indexOf(char) : common.length)
  return sum
}
