import { createNames } from '../tally.ts'

/** `adds(org.acme.CartTest)`, as surefire wrote tests until version 2.12 and JUnit 4 does to this day. */
const classified = /\(([\w.$]{1,300})\)$/
const listedClassified = /^\s*(?:[\w$]{1,300} on (?:instance )?)?(\S[^(]{0,300}?(?:\[.{1,600}\])?)\(([\w.$]{1,300})\)/
/** `  CartTest.adds:31->helper:4 expected`, `  CartTest>Base.adds » NullPointer`; deeper lines are what a test says. */
const listedShort = /^ {2}([A-Za-z_$][^\s:»]{0,400})(:\d| »|\s|$)/
/** `org.acme.CartTest$Empty.opens(int)[2]`, told by its packages in lower case. */
const packaged = /^((?:[a-z_]\w{0,100}\.){1,30}[A-Z][\w$]{0,300})\.(\w.{0,900})$/
const maxListed = 2_000

interface Listed {
  readonly className: string
  readonly method: string
}

/**
 * Names of a module's failing tests, told twice: with their whole class where they ran (`<<< FAILURE!`), and in short
 * under `Failed tests:`. A short one counts only if no whole one can be it.
 */
export function createSurefireNames() {
  const failed = createNames()
  let flaky = createNames()
  let listed: Listed[] = []
  let currentClass: string | undefined

  return {
    inClass(name: string | undefined): void {
      if (name !== undefined) currentClass = name
    },
    /** The test that a line with `<<< FAILURE!` names. */
    failed(text: string): void {
      failed.add(wholeName(withoutInstance(text.trim()), currentClass))
    },
    /** A line under `Failed tests:`, `Errors:` or `Flakes:`. */
    listed(line: string, passedLater: boolean): void {
      if (/^\s*Run \d+: /.test(line)) return
      const entry = readListed(line)
      if (entry === undefined) return
      if (passedLater) flaky.add(`${entry.method}(${entry.className})`)
      else if (listed.length < maxListed) listed.push(entry)
    },
    /** The module is done: its failing tests. */
    settle(): readonly string[] {
      const names = failed.list().filter((name) => !flaky.has(name))
      const wholes = names.map(splitName)
      for (const entry of listed) {
        if (wholes.some((whole) => isSame(entry, whole))) continue
        const at = wholes.findIndex((whole) => isOuterOf(entry, whole))
        const outer = wholes[at]
        if (outer === undefined) names.push(nameOf(entry))
        else {
          wholes[at] = inNested(entry, outer)
          names[at] = nameOf(inNested(entry, outer))
        }
      }
      failed.clear()
      flaky = createNames()
      listed = []
      currentClass = undefined
      return names
    },
  }
}

function wholeName(text: string, currentClass: string | undefined): string {
  const written = classified.exec(text)?.[1]
  if (written?.includes('.') === true || (written !== undefined && written === currentClass)) return text
  const whole = currentClass !== undefined && text.startsWith(`${currentClass}.`) ? null : packaged.exec(text)
  if (whole !== null) return `${whole[2]}(${whole[1]})`
  if (currentClass === undefined) return /^[\w.$]+$/.test(text) && text.includes('.') ? `(${text})` : text
  if (text === currentClass) return `(${text})`
  const method = text.startsWith(`${currentClass}.`) ? text.slice(currentClass.length + 1) : text
  return `${method}(${currentClass})`
}

/** TestNG: `adds on adds(org.acme.CartTest)(org.acme.CartTest)`. */
function withoutInstance(text: string): string {
  const at = /^[\w$]{1,300} on (?:instance )?/.exec(text)?.[0].length
  return at === undefined ? text : text.slice(at).replace(/(\([\w.$]{1,300}\))\1$/, '$1')
}

function readListed(line: string): Listed | undefined {
  const old = listedClassified.exec(line)
  if (old?.[1] !== undefined && old[2] !== undefined && /[.$A-Z]/.test(old[2]))
    return { method: old[1], className: old[2] }
  // A test that was run several times heads its runs with its whole name.
  const whole = /^\s?([\w$]+(?:\.[\w$]+)+)\s*$/.exec(line)?.[1]
  const [, short, after] = listedShort.exec(line) ?? []
  const head = (whole ?? short)?.replace('#', '.')
  if (head === undefined) return undefined
  const half = (head.length - 1) / 2
  if (Number.isInteger(half) && half > 0 && head.slice(0, half) === head.slice(half + 1))
    return ofClass(head.slice(0, half))
  const [subclass = '', inherited] = head.split('>')
  const path = inherited ?? head
  const dot = path.search(/\.[^.]*(?:\(.*)?$/)
  if (dot === -1)
    return whole === undefined && inherited === undefined && /»|:/.test(after ?? '') ? ofClass(head) : undefined
  const className = path.slice(0, dot)
  const method = path.slice(dot + 1)
  // `CartTest.org.acme.CartTest`: the class itself, not one of its methods.
  if (className.startsWith(`${method}.`)) return ofClass(method)
  return { className: inherited === undefined ? className : subclass, method }
}

function ofClass(className: string): Listed {
  return { method: '', className }
}

function splitName(name: string): Listed {
  const at = name.lastIndexOf('(')
  return { method: name.slice(0, at), className: name.slice(at + 1, -1) }
}

/** The short one leaves out the package and, of a test with parameters, mostly the parameters. */
function isSame(short: Listed, whole: Listed): boolean {
  const end = whole.className.length - short.className.length
  const sameClass =
    whole.className.endsWith(short.className) && (end === 0 || /[.$]/.test(whole.className.charAt(end - 1)))
  if (!sameClass) return false
  return whole.method === '' || short.method === '' || whole.method.startsWith(plainMethod(short.method))
}

/** Surefire 2 tells a nested class's test under the outer class where it ran, and lists it under its own. */
function isOuterOf({ className, method }: Listed, whole: Listed): boolean {
  const at = className.lastIndexOf('$')
  return at > 0 && method !== '' && whole.method !== '' && isSame({ className: className.slice(0, at), method }, whole)
}

function nameOf({ method, className }: Listed): string {
  return `${method}(${className})`
}

function inNested({ className }: Listed, outer: Listed): Listed {
  return { method: outer.method, className: outer.className + className.slice(className.lastIndexOf('$')) }
}

function plainMethod(method: string): string {
  return method.replace(/[[({].*$/, '')
}
