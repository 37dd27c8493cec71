/**
 * The name of the test that a line `A > B > c FAILED` names, or undefined when it names none (a task, a suite):
 *
 *     org.acme.CartTest > adds[0]                              org.acme.CartTest.adds[0]           JUnit 4, Spock
 *     CartTest > Empty > adds()                                CartTest$Empty.adds()               JUnit 5, nested
 *     CartTest > adds(int) > [2] 11                            CartTest.adds(int)[2]               JUnit 5, Gradle 8
 *     CartTest > adds(int) > org.acme.CartTest.adds(int)[2]    org.acme.CartTest.adds(int)[2]      JUnit 5, Gradle 7
 *     Suite > Shop > org.acme.CartTest.adds[1](2, 3)           org.acme.CartTest.adds[1](2, 3)     TestNG
 *     Suite > Shop > org.acme.CartTest > adds                  org.acme.CartTest.adds              TestNG 7
 *     org.acme.CartTest.adds                                   the same                            TestNG alone
 */
export function gradleName(text: string): string | undefined {
  // Parameters hold anything, ` > ` as well.
  const [, owner, parametrised] = ownParameters.exec(text) ?? []
  if (owner !== undefined) return `${owner}.${parametrised}`
  const [, classes, method, index] = numbered.exec(text) ?? []
  if (classes !== undefined) return `${classes.replaceAll(' > ', '$')}.${method}${index}`
  // Loggers put a source set or worker before the class: `Gradle Test Run :test > Gradle Test Executor 1 > …`.
  const parts = text.split(' > ').filter((part) => !/^Gradle Test (?:Run|Executor) /.test(part))
  const last = parts.at(-1) ?? ''
  if (parts.length === 1) return /^\w+\.[\w.]*\w$/.test(last) && !text.startsWith('>') ? last : undefined
  if (text.startsWith('>') || text.includes(' > Task :') || parts.some((part) => part === '')) return undefined
  const [first = '', ...rest] = parts
  const before = rest.at(-2) ?? first
  if (before.endsWith(')') && /^[\w.]+\.\w+\(/.test(last)) return last
  if (parts.length > 2) {
    if (/^[\w.$]+\.[\w.$]+$/.test(before)) return `${before}.${last}`
    if (isWholeName(last)) return last
  }
  return `${parts.slice(0, -1).join('$')}.${last}`
}

/** `org.acme.CartTest > adds[a > b]` */
const ownParameters = /^([\w.$]{1,300}) > ([\w ]{1,300}\[.{0,1500}\])$/
/** `CartTest > Empty > adds(int) > [2] 11` */
const numbered =
  /^([\w.$]{1,300}(?: > [\w.$]{1,300}){0,10}) > ([\w ]{1,300}\([\w, .<>]{0,600}\)) > (\[\d{1,6}\])(?: .{0,1500})?$/

/** TestNG's own names are a class with its package and a method; parameters may follow. */
function isWholeName(part: string): boolean {
  return /^[\w ]+\.[\w. ]+(?:\[\d+\]\(.*\))?$/.test(part)
}
