/** Logs of builds, made here and the same every time: lines of real shapes, mostly of success, an error word now and then. */
export type Random = () => number

/** That many lines; a trace counts as the lines it has. */
export function buildLog(random: Random, lines: number): readonly string[] {
  const made: string[] = []
  while (made.length < lines) made.push(...buildLine(random).split('\n'))
  return made.slice(0, Math.max(0, lines))
}

/** One line, now and then with the trace that follows it. */
export function buildLine(random: Random): string {
  const word = (): string => words[Math.floor(random() * words.length)] ?? 'build'
  const number = (max: number): number => Math.floor(random() * max)
  const kind = random()
  if (kind < 0.25)
    return `[INFO] Downloading from central: https://repo.example.com/maven2/org/${word()}/${word()}/${number(9)}.${number(20)}.${number(9)}/${word()}-${number(9)}.jar (${number(900)} kB at ${number(9)}.${number(9)} MB/s)`
  if (kind < 0.45)
    return `  [${number(4000)}/4000] Compiling ${word()}::${word()} v${number(9)}.${number(30)}.${number(9)} (/home/runner/shop/${word()}/${word()})`
  if (kind < 0.6)
    return `ok   ${number(9000)} - ${word()} ${word()}s the ${word()} of a ${word()} (${number(90)}.${number(99)} ms)`
  if (kind < 0.75) return `\x1b[32m✓\x1b[0m ${word()} › ${word()} ${word()} \x1b[2m${number(300)}ms\x1b[0m`
  if (kind < 0.85)
    return `npm warn deprecated ${word()}@${number(9)}.${number(9)}.${number(9)}: this ${word()} is not ${word()}ed any more, use ${word()} instead`
  if (kind < 0.93) return `${word()}/${word()}.c:${number(4000)}: note: in expansion of macro '${word().toUpperCase()}'`
  if (kind < 0.9985) return `PASS src/${word()}/${word()}.test.ts (${number(20)}.${number(999)} s)`
  if (kind < 0.9995)
    return `level=info msg="retrying ${word()}" error: temporary ${word()} not ready attempt=${number(5)}`
  return `java.lang.IllegalStateException: ${word()} is closed\n\tat com.shop.${word()}.Main.run(Main.java:${number(900)})`
}

const words =
  'compile module package resolve fetch service worker handler cache build target index parser stream socket buffer query schema render layout reducer'.split(
    ' ',
  )

/** Mulberry32: small, fast, the same on every machine. */
export function generator(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
