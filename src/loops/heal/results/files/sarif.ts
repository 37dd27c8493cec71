import { plainLine } from '../../../../base/text.ts'
import { redactLines } from '../../logs/redact.ts'

/** A finding of a linter or scanner. */
export interface SarifFinding {
  readonly tool: string
  readonly rule: string
  readonly level: 'error' | 'warning' | 'note' | 'none'
  /** One line, redacted. */
  readonly message: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** Against the run before: whether this change brought it. Absent when the tool did not compare. */
  readonly isNew?: boolean
}

export interface SarifReport {
  /** Those that count, errors first, then as the file has them; at most `maxFindings`. */
  readonly findings: readonly SarifFinding[]
  readonly errors: number
  readonly warnings: number
  readonly notes: number
  /** Findings that somebody suppressed, or that are gone since the run before. */
  readonly setAside: number
}

/** What a file must be smaller than: JSON is read whole. */
const maxSarifBytes = 64 * 1024 * 1024
const maxFindings = 5_000

/** Reads SARIF 2.1.0. Answers the reason when the file is none. What is broken in it is left out, the rest counts. */
export async function readSarif(bytes: AsyncIterable<Uint8Array>): Promise<SarifReport | { readonly problem: string }> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > maxSarifBytes)
      return { problem: `the SARIF file is larger than ${maxSarifBytes} bytes: split it by tool` }
    chunks.push(Buffer.from(chunk))
  }
  try {
    const file: unknown = JSON.parse(
      Buffer.concat(chunks)
        .toString('utf8')
        .replace(/^\ufeff/, ''),
    )
    const runs = field(file, 'runs')
    if (!Array.isArray(runs)) return { problem: 'the file is JSON but has no "runs": it is not SARIF 2.1.0' }
    return reportOf(runs)
  } catch (error) {
    return {
      problem: `the SARIF file is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}`,
    }
  }
}

function reportOf(runs: readonly unknown[]): SarifReport {
  const findings: SarifFinding[] = []
  const counts = { error: 0, warning: 0, note: 0, none: 0 }
  let setAside = 0
  for (const run of runs) {
    const driver = field(field(run, 'tool'), 'driver')
    const tool = text(field(driver, 'name')) ?? 'unknown'
    const defaults = defaultLevels(driver)
    for (const result of list(field(run, 'results'))) {
      const state = field(result, 'baselineState')
      if (list(field(result, 'suppressions')).length > 0 || state === 'absent') {
        setAside += 1
        continue
      }
      const finding = findingOf(tool, result, defaults)
      counts[finding.level] += 1
      if (findings.length < maxFindings * 2) findings.push(finding)
    }
  }
  const order = ['error', 'warning', 'note', 'none']
  const ranked = findings.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level)).slice(0, maxFindings)
  return { findings: ranked, errors: counts.error, warnings: counts.warning, notes: counts.note, setAside }
}

function findingOf(tool: string, result: unknown, defaults: ReadonlyMap<string, string>): SarifFinding {
  const rule = text(field(result, 'ruleId')) ?? text(field(field(result, 'rule'), 'id')) ?? ''
  const place = field(list(field(result, 'locations'))[0], 'physicalLocation')
  const file = text(field(field(place, 'artifactLocation'), 'uri'))
  const line = field(field(place, 'region'), 'startLine')
  const column = field(field(place, 'region'), 'startColumn')
  const state = field(result, 'baselineState')
  return {
    tool: plainLine(tool, 200),
    rule: plainLine(rule, 200),
    level: levelOf(text(field(result, 'level')) ?? defaults.get(rule), field(result, 'kind')),
    message: redactLines([plainLine(text(field(field(result, 'message'), 'text')) ?? '', 500)])[0] ?? '',
    ...(file === undefined ? {} : { file: plainLine(file.replace(/^file:\/\//, ''), 500) }),
    ...(typeof line === 'number' ? { line } : {}),
    ...(typeof column === 'number' ? { column } : {}),
    ...(typeof state === 'string' ? { isNew: state === 'new' } : {}),
  }
}

/** A rule says the level of its results where they do not; SARIF's own default is a warning. */
function defaultLevels(driver: unknown): ReadonlyMap<string, string> {
  const levels = new Map<string, string>()
  for (const rule of list(field(driver, 'rules'))) {
    const id = text(field(rule, 'id'))
    const level = text(field(field(rule, 'defaultConfiguration'), 'level'))
    if (id !== undefined && level !== undefined) levels.set(id, level)
  }
  return levels
}

function levelOf(level: string | undefined, kind: unknown): SarifFinding['level'] {
  if (level === 'error' || level === 'warning' || level === 'note' || level === 'none') return level
  return kind === undefined || kind === 'fail' ? 'warning' : 'none'
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
