import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Invalid } from '../../base/errors.ts'
import { parseDuration, parseSize } from '../../base/quantity.ts'
import type { Cell } from '../../roles/runner/workflow/cells.ts'

/** What commander hands over. */
export interface RunOptions {
  readonly job?: string
  readonly event: string
  readonly input?: readonly string[]
  readonly secret?: readonly string[]
  readonly secretFile?: string
  readonly env?: readonly string[]
  readonly matrix?: readonly string[]
  readonly label?: readonly string[]
  readonly memory?: string
  readonly timeout?: string
  readonly concurrency?: string
  readonly inPlace: boolean
  readonly list: boolean
  readonly format: string
}

/** What the options mean. */
export interface Settings {
  readonly job: string | undefined
  readonly event: 'push' | 'workflow_dispatch'
  readonly inputs: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  readonly labels: readonly string[]
  readonly select: (cell: Cell) => boolean
  readonly memoryLimitBytes: number | undefined
  readonly timeoutMs: number | undefined
  readonly concurrency: number
  readonly inPlace: boolean
  readonly list: boolean
  readonly json: boolean
}

/** Throws `Invalid` with the option that is wrong. */
export function readOptions(options: RunOptions, environment: Readonly<Record<string, string | undefined>>): Settings {
  const { event, format } = options
  if (event !== 'push' && event !== 'workflow_dispatch')
    throw new Invalid(`--event is push or workflow_dispatch, not "${event}"`)
  if (format !== 'text' && format !== 'json') throw new Invalid(`--format is text or json, not "${format}"`)
  const wanted = (options.matrix ?? []).map((pair) => cut('--matrix', pair, ':'))
  const fromFile = options.secretFile === undefined ? {} : readSecretFile(options.secretFile)
  return {
    job: options.job,
    event,
    inputs: pairs('--input', options.input),
    secrets: { ...fromFile, ...readSecrets(options.secret, environment) },
    env: pairs('--env', options.env),
    labels: options.label ?? [],
    select: (cell) => wanted.every(([key, value]) => fits(cell, key, value)),
    memoryLimitBytes: options.memory === undefined ? undefined : parseSize(options.memory),
    timeoutMs: options.timeout === undefined ? undefined : parseDuration(options.timeout),
    concurrency: options.inPlace ? 1 : readConcurrency(options.concurrency),
    inPlace: options.inPlace,
    list: options.list,
    json: format === 'json',
  }
}

/** A job whose matrix knows nothing of the key runs as it is. */
function fits(cell: Cell, key: string, value: string): boolean {
  if (cell.matrix === null || !Object.hasOwn(cell.matrix, key)) return true
  return String(cell.matrix[key]) === value
}

function pairs(option: string, given: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(given.map((pair) => cut(option, pair, '=')))
}

function cut(option: string, pair: string, separator: string): readonly [string, string] {
  const at = pair.indexOf(separator)
  if (at <= 0) throw new Invalid(`${option} wants name${separator}value, not "${pair}"`)
  return [pair.slice(0, at), pair.slice(at + 1)]
}

function readSecrets(
  given: readonly string[] = [],
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((text) => {
      if (text.includes('=')) return cut('--secret', text, '=')
      const value = environment[text]
      if (value === undefined)
        throw new Invalid(`--secret ${text}: there is no variable of this name in the environment`)
      return [text, value]
    }),
  )
}

/** NAME=value lines; quotes around a value are taken off, `#` starts a comment line. */
function readSecretFile(file: string): Readonly<Record<string, string>> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Invalid(`cannot read the secrets of ${file}: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    })
  }
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const meant = lines.flatMap((line, index) =>
    line === '' || line.startsWith('#') ? [] : [{ line, number: index + 1 }],
  )
  return Object.fromEntries(
    meant.map(({ line, number }) => {
      const at = line.indexOf('=')
      // The line itself may be a secret: only its number is told.
      if (at <= 0) throw new Invalid(`${file} line ${number} is not NAME=value`)
      return [line.slice(0, at).trim(), unquote(line.slice(at + 1).trim())]
    }),
  )
}

function unquote(value: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(value)
  return quoted?.[2] ?? value
}

function readConcurrency(given: string | undefined): number {
  if (given === undefined) return availableParallelism()
  if (!/^[1-9]\d{0,3}$/.test(given)) throw new Invalid(`--concurrency wants a number from 1 on, not "${given}"`)
  return Number(given)
}
