import { createReadStream } from 'node:fs'
import type { TrainingCase } from '../../src/loops/heal/classify/training-case.ts'
import type { LineModel } from '../../src/loops/heal/locate/model.ts'
import { readKeyed } from '../../src/loops/heal/models/read-keyed.ts'
import { bump, logchunks } from './cases.ts'
import type { Data } from './data.ts'
import { furtherLabels } from './further-labels.ts'

export interface LabelledCase extends TrainingCase {
  /** Hash of the log, by which it is known again. */
  readonly key: string
  readonly cause: string
  readonly also: readonly string[]
  readonly group: string
}

/** Logs larger than this teach nothing that smaller ones do not, and take long to read. */
const largest = 8_000_000

/**
 * Every log whose cause a person told, read. Their failing parts are found by models of lines that did not learn from
 * their projects; `other` finds them where no model learnt from a project.
 */
export async function labelledCases(
  data: Data,
  strangers: ReadonlyMap<string, LineModel>,
  other?: LineModel,
): Promise<readonly LabelledCase[]> {
  const read: LabelledCase[] = []
  for (const { source, ...each } of [
    ...logchunks(data).map((one) => ({ ...one, source: 'logchunks' })),
    ...bump(data).map((one) => ({ ...one, source: 'bump' })),
    ...furtherLabels(data, ['bugswarm-logs', 'cidiff']).map((one) => ({ ...one, source: 'labels' })),
  ]) {
    const { id, project, log, cause, also = [], group = id, spans } = each
    if (cause === undefined || cause === 'unclear') continue
    const { reading, key } = await readKeyed(createReadStream(log))
    if (source === 'labels' && reading.bytes > largest) continue
    const lines = strangers.get(project) ?? other
    read.push({
      id,
      key,
      project,
      source,
      reading,
      lines,
      cause,
      also,
      group,
      ...(spans === undefined ? {} : { spans }),
    })
  }
  return read
}
