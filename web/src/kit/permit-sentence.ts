import type { PermitView } from '../../../src/contract/views.ts'
import { list, remedies, short } from './words.ts'

/** What an approval sets in motion, told to the last detail that it is bound to. */
export interface Consequence {
  readonly title: string
  readonly sentence: string
  readonly facts: readonly (readonly [name: string, value: string])[]
}

export function consequence(permit: PermitView, plan: Readonly<Record<string, unknown>> | null): Consequence {
  const { bound } = permit
  const remedy = remedies[permit.remedy]
  const jobs = bound.jobs.length > 0 ? list(bound.jobs) : 'every failed job'
  const dose = doseOf(plan)
  return {
    title: `${remedy.name}: ${jobs}`,
    sentence: `Mendline will ${remedy.does}: ${jobs} of ${bound.pipeline} in ${bound.repository}, attempt ${bound.attempt}, commit ${short(bound.sha)}.`,
    facts: [
      ['Remedy', `${remedy.name} (${permit.remedy})`],
      ...(dose === null ? [] : [['Dose', dose] as const]),
      ['Repository', bound.repository],
      ['Pipeline', bound.pipeline],
      ['Run', `${bound.runId}, attempt ${bound.attempt}`],
      ['Jobs', jobs],
      ['Commit', bound.sha],
    ],
  }
}

/** How much of the remedy: the numbers of the plan, in units people use. */
export function doseOf(plan: Readonly<Record<string, unknown>> | null): string | null {
  if (plan === null) return null
  const { waitMs, memoryBytes, fromBytes, timeoutMs, fromMs } = plan
  if (isNumber(memoryBytes)) return change(fromBytes, memoryBytes, mebibytes)
  if (isNumber(timeoutMs)) return change(fromMs, timeoutMs, minutes)
  if (isNumber(waitMs) && waitMs > 0) return `after waiting ${Math.ceil(waitMs / 1000)} s`
  return null
}

function change(from: unknown, to: number, unit: (value: number) => string): string {
  return isNumber(from) ? `from ${unit(from)} to ${unit(to)}` : unit(to)
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20).toLocaleString('en-GB')} MiB`
const minutes = (ms: number) => `${Math.round(ms / 6000) / 10} min`
