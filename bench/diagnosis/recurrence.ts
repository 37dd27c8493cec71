import { createReadStream } from 'node:fs'
import { diagnose } from '../../src/loops/heal/diagnose.ts'
import { clusterFailures, type SeenFailure } from '../../src/loops/heal/families/cluster.ts'
import { textOf } from '../../src/loops/heal/families/text.ts'
import { readLog } from '../../src/loops/heal/logs/read-log.ts'
import { type Case, logchunks } from './cases.ts'
import type { Data } from './data.ts'
import { type Figure, percent } from './figure.ts'

interface Named {
  readonly project: string
  readonly group: string | undefined
  readonly exact: string
  family: string
}

/**
 * Is the same failure recognised when it comes again? Of all pairs of failures of one project: do the labels say that
 * both are one failure, and does Mendline? A family is wider than a label on purpose: it holds failures of one kind.
 */
export async function sameAgain(data: Data): Promise<readonly Figure[]> {
  const cases = logchunks(data).filter(({ group }) => group !== undefined)
  if (cases.length === 0) return []
  const failures: SeenFailure[] = []
  for (const each of cases) failures.push(await failureOf(each))
  const named = cases.map(
    ({ project, group }, index): Named => ({
      project,
      group,
      exact: failures[index]?.fingerprint.exact ?? '',
      family: '',
    }),
  )
  for (const { family, failures: ids } of clusterFailures(failures, new Date()))
    for (const id of ids) {
      const one = named[cases.findIndex((each) => each.id === id)]
      if (one !== undefined) one.family = family
    }
  return [figure('exact fingerprint', named, ({ exact }) => exact), figure('family', named, ({ family }) => family)]
}

async function failureOf({ id, project, log }: Case): Promise<SeenFailure> {
  const diagnosis = diagnose(await readLog(createReadStream(log)))
  const { category, fingerprint } = diagnosis
  return { id, repository: project, at: new Date(0), category, fingerprint, text: textOf(diagnosis) }
}

function figure(what: string, all: readonly Named[], nameOf: (one: Named) => string): Figure {
  let both = 0
  let labelled = 0
  let said = 0
  for (const [index, one] of all.entries())
    for (const other of all.slice(index + 1)) {
      if (one.project !== other.project) continue
      const [same, joined] = [one.group === other.group, nameOf(one) === nameOf(other)]
      labelled += same ? 1 : 0
      said += joined ? 1 : 0
      both += same && joined ? 1 : 0
    }
  return {
    what: `the same failure again, LogChunks, by ${what}`,
    measured: `${percent(both / labelled)} of ${labelled} pairs found; ${percent(both / said)} of those joined are one label`,
    baseline: '–',
    reach: '–',
    reached: true,
  }
}
