/**
 * What changes from run to run, replaced by a name for its kind; the order matters, the longest kinds first. Every
 * expression is linear: bounded repeats, or classes that exclude their own end.
 */
const variables: readonly (readonly [RegExp, string])[] = [
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>)\]]{1,500}/gi, '<url>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?/g, '<time>'],
  [
    /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6} [\d: ]{1,30}(?:UTC|GMT)?(?: \d{4})?/g,
    '<time>',
  ],
  [/\b\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?\b/g, '<time>'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,12})?\b/g, '<ip>'],
  [/(?:\b[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}\b/gi, '<ip>'],
  [/\b\d{1,12}(?:\.\d{1,9})?\s?(?:ms|s|sec|secs|seconds?|minutes?|mins?|m|h|hours?|µs|us|ns)\b/g, '<duration>'],
  [/\b\d{1,12}(?:\.\d{1,9})?\s?(?:[KMGT]i?B|bytes|kB|B)\b/g, '<size>'],
  // Eight digits may be a hash without letters, so both are numbers.
  [/\b(?:0x)?[0-9a-f]{8,128}\b/gi, '<n>'],
  [/\b0x[0-9a-f]{1,16}\b/gi, '<n>'],
  // A path keeps its last two names: the part before differs from machine to machine.
  [/(?:[A-Za-z]:)?(?:[\\/][\w.@+~%-]{1,100}){2,40}/g, ' <path>'],
  [/\b(?:tmp|temp|build|run|job|pod|runner|pid)[-_.](?=[A-Za-z_-]{0,60}\d)[A-Za-z0-9_-]{4,60}\b/g, '<temp>'],
]

/** The line with all that varies masked; a path keeps its last two names. */
export function masked(line: string): string {
  let text = line.slice(0, 1_000)
  for (const [expression, name] of variables)
    text = name === ' <path>' ? text.replace(expression, shortPath) : text.replace(expression, name)
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

function shortPath(path: string): string {
  return `<path>/${path.split(/[\\/]/).slice(-2).join('/')}`
}
