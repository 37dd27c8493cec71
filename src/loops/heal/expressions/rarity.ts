/** The characters of build logs in their plain form, the common ones first; all others are rarer. */
const common = ' etaoinrsl0dc.mup-hf/:gbvwky_,"=()\'x'
const rarityOfUnit = Uint8Array.from({ length: 128 }, (_, unit) => {
  const place = common.indexOf(String.fromCharCode(unit))
  return 4 + (place === -1 ? common.length : place)
})

/** The longest keys by which text is noticed. */
export const keyLength = 3

/** How rarely a text is met in logs: as rarely as its key; of two alike the longer one. */
export function rarity(text: string): number {
  return rarityAt(text, keyAt(text)) + text.length / 1_000
}

/** Where the part of a text begins that is met least. */
export function keyAt(text: string): number {
  let best = 0
  for (let at = 1; at + keyLength <= text.length; at += 1) if (rarityAt(text, at) > rarityAt(text, best)) best = at
  return best
}

function rarityAt(text: string, from: number): number {
  let sum = 0
  for (let at = from; at < from + keyLength && at < text.length; at += 1)
    sum += rarityOfUnit[text.charCodeAt(at)] as number
  return sum
}
