import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { type CaseResult, checkExpressions } from './actions/expressions.ts'
import { checkReader } from './actions/reader.ts'

// How much of GitHub's own conformance cases we agree with: `node bench/actions.ts --data DIR [--verbose]`.
const { values } = parseArgs({
  options: { data: { type: 'string' }, verbose: { type: 'boolean', default: false } },
})
const archive = values.data === undefined ? undefined : path.join(values.data, 'actions.tar.xz')
if (archive !== undefined && existsSync(archive)) measure(archive)
else
  console.log(`No ${archive ?? 'actions.tar.xz'}: name the folder that has it with --data DIR. Nothing was measured.`)

function measure(archive: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'actions-'))
  try {
    execFileSync('tar', ['-xJf', path.resolve(archive), '-C', folder])
    const read = (pattern: string) =>
      globSync(pattern, { cwd: folder })
        .sort()
        .map((file) => ({ name: path.basename(file), text: readFileSync(path.join(folder, file), 'utf8') }))
    const expressions = read('**/expressions/testdata/*.json').flatMap(({ name, text }) =>
      checkExpressions(name, JSON.parse(text)),
    )
    const reader = read('**/workflow-parser/testdata/reader/*.yml').flatMap(({ name, text }) =>
      checkReader(name, text, (header) => parse(header) ?? {}),
    )
    report('expressions', expressions)
    report(
      'workflow files that must load',
      reader.filter((one) => one.kind === 'load'),
    )
    report(
      'workflow files that must be rejected',
      reader.filter((one) => one.kind === 'reject'),
    )
    report(
      '  … at the place GitHub names',
      reader.filter((one) => one.kind === 'place'),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function report(suite: string, results: readonly CaseResult[]): void {
  const failed = results.filter((result) => result.because !== undefined)
  console.log(`${suite.padEnd(40)} ${results.length - failed.length}/${results.length}`)
  if (values.verbose) for (const { name, because } of failed) console.log(`    ${name}: ${because}`)
}
