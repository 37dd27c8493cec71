import { styleText } from 'node:util'
import type { Diagnosis, Excerpt } from '../../model/diagnosis.ts'
import { adviceFor } from './advice.ts'

/** A diagnosis for a person at a terminal: one sentence, the lines, why, and what to do. */
export function diagnosisText(diagnosis: Diagnosis, { width, colour }: { width: number; colour: boolean }): string {
  const paint = (format: 'red' | 'dim' | 'bold', text: string): string =>
    colour ? styleText(format, text, { validateStream: false }) : text
  const { category, confidence, abstained, phase, transience, location, owner, tests } = diagnosis
  const others = diagnosis.categories.filter((each) => each.category !== category && each.p >= 0.05).slice(0, 2)
  const facts = [
    abstained ? 'cause not known' : `${category}, ${percent(confidence)} sure`,
    `in ${phase}`,
    transience.verdict === 'unknown' ? 'may or may not fail again' : transience.verdict,
    ...(owner === 'nobody' || owner === 'triage' ? [] : [`for the ${owner}`]),
    ...(tests === undefined ? [] : [sayTests(tests)]),
    ...(others.length === 0 ? [] : [`else ${others.map((each) => `${each.category} ${percent(each.p)}`).join(', ')}`]),
  ]
  const blocks = [
    `${paint('red', '✗')} ${paint('bold', diagnosis.sentence)}`,
    `  ${facts.join(' · ')}`,
    ...(location === undefined
      ? []
      : [`  ${location.file}:${location.line}${location.column === undefined ? '' : `:${location.column}`}`]),
    ...diagnosis.excerpts.map((excerpt) => excerptText(excerpt, width, paint)),
    '',
    paint('dim', '  why'),
    ...diagnosis.evidence.slice(0, 4).map((reason) => cut(`    ${reason}`, width)),
    paint('dim', '  what to do'),
    `    ${adviceFor(diagnosis)}`,
  ]
  return blocks.join('\n')
}

function percent(p: number): string {
  return `${Math.round(p * 100)} %`
}

function sayTests({ run, failed, skipped, failing }: NonNullable<Diagnosis['tests']>): string {
  const counts = [
    ...(run === undefined ? [] : [`${run} tests ran`]),
    `${failed ?? failing.length} failed`,
    ...(skipped ? [`${skipped} skipped`] : []),
  ]
  return counts.join(', ')
}

function excerptText({ start, text }: Excerpt, width: number, paint: (format: 'dim', text: string) => string): string {
  const digits = String(start + text.length - 1).length
  const lines = text.map((line, index) =>
    cut(`  ${paint('dim', `${String(start + index).padStart(digits)} │`)} ${line.replaceAll('\t', '    ')}`, width),
  )
  return ['', ...lines].join('\n')
}

function cut(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`
}
