import { type JunitReport, readJunit } from './junit.ts'
import { readSarif, type SarifReport } from './sarif.ts'

/** What a job wrote beside its log. */
export type Report =
  | { readonly kind: 'junit'; readonly junit: JunitReport }
  | { readonly kind: 'sarif'; readonly sarif: SarifReport }

/** Reads a JUnit or a SARIF file, told apart by its first sign. Answers the reason when it is neither. */
export async function readReport(bytes: AsyncIterable<Uint8Array>): Promise<Report | { readonly problem: string }> {
  const chunks = bytes[Symbol.asyncIterator]()
  try {
    const first = await chunks.next()
    if (first.done === true) return { problem: 'the report is empty' }
    const head = Buffer.from(first.value)
    const sign = /[^\s\ufeff]/.exec(head.toString('utf8'))?.[0]
    if (sign === '<') return await junitOf(again(head, chunks))
    if (sign === '{') return await sarifOf(again(head, chunks))
    return { problem: 'the report is neither JUnit (XML) nor SARIF (JSON)' }
  } finally {
    // Whatever gives the bytes is done with, read to the end or not.
    await chunks.return?.()
  }
}

async function junitOf(bytes: AsyncIterable<Uint8Array>): Promise<Report | { readonly problem: string }> {
  const junit = await readJunit(bytes)
  if (junit.run + junit.skipped === 0) return { problem: 'the report is XML without a testcase: it is not JUnit' }
  return { kind: 'junit', junit }
}

async function sarifOf(bytes: AsyncIterable<Uint8Array>): Promise<Report | { readonly problem: string }> {
  const sarif = await readSarif(bytes)
  return 'problem' in sarif ? sarif : { kind: 'sarif', sarif }
}

async function* again(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  yield head
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}
