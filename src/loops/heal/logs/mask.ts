interface Mask {
  readonly find: RegExp
  readonly put: string | ((...found: string[]) => string)
  /** It finds nothing in a line without a digit. */
  readonly digits?: true
}

const address = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>)\]]{1,500}/gi

/**
 * What changes from run to run, replaced by a name for its kind; the order matters, the longest kinds first. Every
 * expression is linear: bounded repeats, or classes that exclude their own end.
 */
const masks: readonly Mask[] = [
  { find: /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, put: '<uuid>' },
  {
    find: /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d| [+-]\d{4})?(?: UTC\b)?/g,
    put: '<time>',
    digits: true,
  },
  {
    find: /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6} [\d: ]{1,30}(?:UTC|GMT)?(?: \d{4})?/g,
    put: '<time> ',
    digits: true,
  },
  {
    find: /\b\d{1,4}[/-]\d\d?[/-]\d{1,4}(?:[ ,T]{1,2}\d\d?:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)?\b/g,
    put: '<time>',
    digits: true,
  },
  { find: /\b\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?\b/g, put: '<time>', digits: true },
  { find: /\b(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,12})?\b/g, put: '<ip>', digits: true },
  { find: /(?:\b[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}\b/gi, put: '<ip>' },
  // A machine or a container is named by its number; the noun before it stays.
  {
    find: /\b((?:node|pod|host|hostname|instance|container|runner|worker|agent|server|machine|vm)[ =:]{1,3}["'`]?)(?=[A-Za-z_.-]{0,80}\d)[\w.-]{1,100}/gi,
    put: '$1<name>',
    digits: true,
  },
  {
    find: /\b\d{1,12}(?:\.\d{1,9})?\s?(?:ms|s|sec|secs|seconds?|minutes?|mins?|m|h|hours?|µs|us|ns)\b/g,
    put: '<duration>',
    digits: true,
  },
  { find: /\b\d{1,12}(?:\.\d{1,9})?\s?(?:[KMGT]i?B|bytes|kB|B)\b/g, put: '<size>', digits: true },
  // Eight digits may be a hash without letters, so both are numbers.
  { find: /\b(?:0x)?[0-9a-f]{8,128}\b/gi, put: '<n>' },
  { find: /\b0x[0-9a-f]{1,16}\b/gi, put: '<n>', digits: true },
  // Keys and tokens in Base64.
  {
    find: /(?<![\w+/=])[A-Za-z0-9+/_-]{12,500}={0,2}(?![\w+/=])/g,
    put: (text) => (isRandom(text) ? '<id>' : text),
    digits: true,
  },
  // The last part of a name that a cluster gave: a letter follows a digit.
  { find: /-(?=[a-z0-9]{4,16}\b)[a-z]{0,8}\d{1,8}[a-z][a-z0-9]{0,14}\b/g, put: '-<id>', digits: true },
  // A path keeps its last two names: the part before differs from machine to machine.
  { find: /(?:[A-Za-z]:)?(?:[\\/][\w.@+~%-]{1,100}){2,40}/g, put: shortPath },
  {
    find: /\b(?:tmp|temp|build|run|job|pod|runner|pid)[-_.](?=[A-Za-z_-]{0,60}\d)[A-Za-z0-9_-]{4,60}\b/g,
    put: '<temp>',
    digits: true,
  },
]

/** The line with all that varies masked; a path keeps its last two names. */
export function masked(line: string): string {
  return withoutVariables(line.slice(0, 1_000).replace(address, '<url>'))
}

/** As `masked`, but an address keeps its host and its last two names: the same link each time, whatever its query. */
export function maskedButAddresses(line: string): string {
  return withoutVariables(line.slice(0, 1_000).replace(address, shortAddress))
}

function withoutVariables(line: string): string {
  let text = line
  const digits = /\d/.test(text)
  for (const { find, put, digits: wanted } of masks)
    if (digits || wanted !== true) text = typeof put === 'string' ? text.replace(find, put) : text.replace(find, put)
  return text
    .replace(/\d{1,40}/g, '<n>')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The line's fixed words alone: quoted names, paths and numbers gone. */
export function skeleton(line: string): string {
  return masked(line)
    .replace(/(["'`“‘])[^"'`“”‘’]{0,300}(["'`”’])/g, '<quoted>')
    .replace(/[\w.@<>-]{0,100}\/[\w./@<>-]{0,300}/g, '<path>')
    .replace(/\b[\w.-]{1,80}\.(?:[a-z]{1,5})\b/gi, '<file>')
    .replace(/<n>(?:[.,:()x/-]{0,2}<n>)*/g, '<n>')
    .trim()
}

/** Letters and digits take turns as in no word that people write, or the padding gives it away. */
function isRandom(text: string): boolean {
  if (!/\d/.test(text)) return false
  if (text.endsWith('=')) return /[a-z]/.test(text) && /[A-Z]/.test(text)
  const turns = text.match(/[A-Za-z]\d|\d[A-Za-z]/g)?.length ?? 0
  return text.length >= 16 && turns * 6 >= text.length && !text.includes('/')
}

function shortAddress(address: string): string {
  const [, host = '', ...names] = address.replace(/[?#].{0,500}$/, '').split(/\/{1,2}/)
  return `<url> ${[host, ...names.slice(-2)].join(' ')}`
}

function shortPath(path: string): string {
  return `<path>/${path.split(/[\\/]/).slice(-2).join('/')}`
}
