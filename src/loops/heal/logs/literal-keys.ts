/** Four neighbouring bytes, or three, by which a literal is noticed. */
export interface Key {
  /** The bytes as the machine reads them as one number, without the fourth of three. */
  readonly window: number
  /** How far behind the literal's start; -1 is before it. */
  readonly back: number
}

export const windowLength = 4
/** Windows begin at every second byte, so a literal must be noticed by one at an even place in it and by one at an odd. */
export const stride = 2

const bytes = new Uint8Array(windowLength)
const word = new Int32Array(bytes.buffer)
/** Ones where the first three bytes of a word are. */
export const threeBytes = windowOf(Uint8Array.of(0xff, 0xff, 0xff), 0)

/** The window that begins there; zeros stand for what is not there. */
export function windowOf(of: Uint8Array, at: number): number {
  for (let place = 0; place < windowLength; place += 1) bytes[place] = of[at + place] ?? 0
  return word[0] ?? 0
}

/** By which keys literals are noticed: of each the windows that are met least elsewhere. */
export function createKeys(literals: readonly Uint8Array[]) {
  const often = new Map<number, number>()
  for (const text of [Buffer.from(commonWords), ...literals])
    for (let at = 0; at + windowLength <= text.length; at += 1) {
      const window = windowOf(text, at)
      often.set(window, (often.get(window) ?? 0) + 1)
    }

  return {
    /** Of four bytes, at the places of this parity; `undefined` where there is none, or only of a ruler. */
    ofFour(literal: Uint8Array, parity: number): Key | undefined {
      let best: Key | undefined
      let least = Number.POSITIVE_INFINITY
      for (let back = parity; back + windowLength <= literal.length; back += stride) {
        const window = windowOf(literal, back)
        const odds = (often.get(window) ?? 0) * oddsOfCommon + oddsOf(literal, back)
        // The last of a ruler: it stands at one place of it, where the first stands at each.
        if (odds <= least) [best, least] = [{ window, back }, odds]
      }
      return best !== undefined && isOpen(literal, parity) ? undefined : best
    },
    /** Of three bytes; or of the first two and anything before them. */
    ofThree(literal: Uint8Array, parity: number): readonly Key[] {
      if (parity + 3 <= literal.length && !isOpen(literal, parity))
        return [{ window: windowOf(literal, parity) & threeBytes, back: parity }]
      return Array.from({ length: 256 }, (_, before) => ({
        window: windowOf(Uint8Array.of(before, literal[0] ?? 0, literal[1] ?? 0), 0),
        back: -1,
      }))
    },
  }
}

/** Is the literal one sign and then a ruler or an indent, which would be met everywhere? */
function isOpen(literal: Uint8Array, parity: number): boolean {
  if (parity === 0 || literal[0] === literal[1]) return false
  return literal.subarray(parity).every((byte) => byte === literal[parity])
}

/** What most lines of logs say. */
const commonWords =
  'INFO Downloading: Downloaded: downloading downloaded https://repo http://repo maven plugin plugins compile compiler compiling version versions release java class classes package packages test tests Test testing file files source sources resource resources repository repositories cache target build Building install Installing installed project projects module modules dependency dependencies object starting Starting running Running setting Setting settings reading Reading function configuration snapshot apache github github.com codehaus internal completed successfully assertion profile profiles component components framework provider execution environment information archive artifact parent common commons component annotations javadoc surefire system platform library network warning Unpacking unpack selecting previously Processing Resolving resolution complete complex expression template alpha default defaults context container manager service services server client option options enforcer seconds elapsed Failures: Errors: Skipped: Time elapsed: ... -----      '
const oddsOfCommon = 0.001

/** The bytes of build logs, frequent first; what is not here is rare. */
const frequent = ' /eao.nt1r2s-piBKmcl034gdhv658u7:9\n[]NIFOjbwD)(xfykSTEA,"RCUMP\'_=G'
const oddsOfByte = Array.from({ length: 256 }, (_, byte) => {
  const rank = frequent.indexOf(String.fromCharCode(byte))
  return rank === -1 ? 0.0005 : 0.25 / (rank + 3)
})

function oddsOf(literal: Uint8Array, from: number): number {
  let odds = 1
  for (let at = from; at < from + windowLength; at += 1) {
    const byte = literal[at] ?? 0
    const before = at === from ? undefined : literal[at - 1]
    // Indents, rulers and numbers are long.
    if (byte === before) odds *= 0.3
    else if (isDigit(byte) && before !== undefined && isDigit(before)) odds *= 0.06
    else odds *= oddsOfByte[byte] ?? 1
  }
  return odds
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}
