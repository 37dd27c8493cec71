/** `tests/a/test_cart.py::TestCart::test_adds[2]` → `tests.a.test_cart::TestCart::test_adds[2]`; `(tests.a.test_cart)` for a file. */
export function dotted(node: string): string {
  const at = node.indexOf('::')
  if (at === -1) return `(${moduleOf(node)})`
  const module = moduleOf(node.slice(0, at))
  const test = node.slice(at + 2)
  // A doctest's name repeats its module.
  return test.startsWith(`${module}.`)
    ? `${module}::${test.slice(module.length + 1).replaceAll('.', '::')}`
    : `${module}::${test}`
}

/** The same of a line of the short summary, where a reason may follow ` - `, also inside of parameters. */
export function readNode(text: string): string {
  const file = text.indexOf('::')
  const bracket = text.indexOf('[')
  const reason = text.indexOf(' - ')
  if (file === -1 || bracket === -1 || (reason !== -1 && reason < bracket)) {
    return dotted((reason === -1 ? text : text.slice(0, reason)).trim())
  }
  const end = text.indexOf('] - ', bracket)
  const last = end === -1 ? text.lastIndexOf(']') : end
  return dotted((last === -1 ? text : text.slice(0, last + 1)).trim())
}

export function moduleOf(path: string): string {
  return path
    .trim()
    .replace(/\.py$/, '')
    .replace(/^(?:\.\/)+/, '')
    .replaceAll(/[/\\]/g, '.')
}
