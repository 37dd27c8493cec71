/** A command that a step gave by printing it: `::error file=a.js,line=1::message`. */
export interface WorkflowCommand {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

/** Read `::name key=value,…::message` or the older `##[name key=value;…]message`; undefined when it is ordinary text. */
export function readWorkflowCommand(line: string): WorkflowCommand | undefined {
  const text = line.trimStart()
  if (text.startsWith('::')) return readBetween(text, 2, '::', ',', unescapeData, unescapeProperty)
  if (text.startsWith('##[')) return readBetween(text, 3, ']', ';', unescapeOld, unescapeOld)
  return undefined
}

type Unescape = (text: string) => string

function readBetween(
  text: string,
  from: number,
  close: string,
  separator: string,
  ofMessage: Unescape,
  ofProperty: Unescape,
): WorkflowCommand | undefined {
  const end = text.indexOf(close, from)
  if (end < 0) return undefined
  const head = text.slice(from, end).trim()
  const space = head.indexOf(' ')
  const name = space < 0 ? head : head.slice(0, space)
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(name)) return undefined
  const properties: Record<string, string> = {}
  for (const pair of space < 0 ? [] : head.slice(space + 1).split(separator)) {
    const equals = pair.indexOf('=')
    if (equals > 0) properties[pair.slice(0, equals).trim()] = ofProperty(pair.slice(equals + 1).trim())
  }
  return { name: name.toLowerCase(), properties, message: ofMessage(text.slice(end + close.length)) }
}

function unescapeData(text: string): string {
  return text.replaceAll(/%0D/gi, '\r').replaceAll(/%0A/gi, '\n').replaceAll('%25', '%')
}

function unescapeProperty(text: string): string {
  const some = text
    .replaceAll(/%0D/gi, '\r')
    .replaceAll(/%0A/gi, '\n')
    .replaceAll(/%3A/gi, ':')
    .replaceAll(/%2C/gi, ',')
  return some.replaceAll('%25', '%')
}

function unescapeOld(text: string): string {
  const some = text
    .replaceAll(/%0D/gi, '\r')
    .replaceAll(/%0A/gi, '\n')
    .replaceAll(/%3B/gi, ';')
    .replaceAll(/%5D/gi, ']')
  return some.replaceAll('%25', '%')
}
