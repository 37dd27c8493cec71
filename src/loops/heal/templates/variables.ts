/** Stands for a value in a line while it is cut into words: no log holds it. */
export const hole = '\u0001'

interface Variable {
  readonly find: RegExp
  readonly put?: string
  /** It finds nothing in a line without one of these; without any given, nothing in a line without a digit. */
  readonly needs?: readonly string[]
}

const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const weekday = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const domain = '(?:com|org|net|edu|gov|io|dev|app|local|internal|[a-z]{2})'
const unit =
  '(?:[kKMGTP]?i?B(?:/s)?|[kMG]?bps|[KMGT]?[Hh]z|ms|us|µs|ns|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)'

/**
 * Values that have a shape of their own, whatever program writes them; the longest kinds first. What has no shape of
 * its own is found by counting, in the miner. Every expression is linear: bounded repeats, or classes that exclude
 * their own end.
 */
const variables: readonly Variable[] = [
  { find: /<\*>/g, needs: ['<*>'] },
  { find: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>)\],;]{0,500}[^\s"'<>)\],;:.!?]/gi, needs: ['://'] },
  {
    find: /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?/g,
  },
  {
    find: new RegExp(
      `\\b(?:${weekday},? )?${month} {1,2}\\d{1,2} \\d\\d:\\d\\d:\\d\\d(?: [A-Z]{3,4})?(?: \\d{4})?\\b`,
      'g',
    ),
  },
  { find: /\b(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4}\b)?/gi, needs: [':'] },
  { find: /(?<![\w.])\/?(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?(?:,(?:\d{1,3}\.){3}\d{1,3}){0,20}\b/g },
  { find: /\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,9})?\b/g },
  { find: /(?<![\w.+-])[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,6}/g, needs: ['@'] },
  // A host with its port, or one below a domain that everybody knows.
  { find: /(?<![\w.-])(?:[\w-]{1,60}\.){1,8}[a-z]{2,12}:\d{1,5}\b/gi },
  {
    find: new RegExp(
      `(?<![\\w.-])(?:(?:[\\w-]{1,60}\\.){2,8}${domain}|[\\w-]{1,60}\\.(?:com|org|net))\\b(?![.\\w(])`,
      'g',
    ),
    needs: ['.'],
  },
  { find: /(?<!\w)(?:[A-Za-z]:)?(?:[\\/][\w.@+~%*-]{1,100}){2,40}[\\/]?/g, needs: ['/', '\\'] },
  { find: new RegExp(`<?-?\\b\\d{1,12}(?:\\.\\d{1,9})?\\s?${unit}\\b`, 'g') },
  // A list of machines: node[1-4,7].
  { find: /(?<![\w-])[\w-]{0,60}\[\d[\d, -]{0,200}\]/g, needs: ['['] },
  { find: /\b([Uu]ser) [\w.-]{1,60}/g, put: `$1 ${hole}`, needs: ['ser '] },
  { find: /\bfor [\w.-]{1,60} from\b/g, put: `for ${hole} from`, needs: [' from'] },
  // Nothing where elsewhere something stands.
  { find: /\(\)/g, put: `(${hole})`, needs: ['()'] },
  { find: /\b(?:0x[0-9a-f]{1,64}|(?=[a-f]{0,32}\d)[0-9a-f]{6,128})\b/gi },
]

/** The line with a hole for each value of a known shape. */
export function withHoles(line: string): string {
  const digits = /\d/.test(line)
  let text = line
  for (const { find, put, needs } of variables)
    if (needs === undefined ? digits : needs.some((literal) => text.includes(literal)))
      text = text.replace(find, put ?? hole)
  return text
}
