import { type HeldLog, learnLines, overProjects, type TrainedLines } from '../../src/loops/heal/locate/training.ts'
import type { Data } from './data.ts'
import { type Figure, withInterval } from './figure.ts'
import { markedCases } from './marked.ts'

/** Does Mendline show the lines that a person would? Every log is read by models that have not seen its project. */
export async function measure(data: Data): Promise<readonly Figure[]> {
  return lineFigures((await learnt(data)).held)
}

/** Of each project with marked logs a model of lines that did not learn from it. */
export async function unseenModels(data: Data): Promise<TrainedLines['strangers']> {
  return (await learnt(data)).strangers
}

let once: Promise<TrainedLines> | undefined

/** It takes minutes, and more than one figure needs it. */
function learnt(data: Data): Promise<TrainedLines> {
  once ??= markedCases(data).then((cases) => learnLines(cases, { measureOnly: true }))
  return once
}

function lineFigures(held: readonly HeldLog[]): readonly Figure[] {
  const of = (source: string, aid: HeldLog['aid']): readonly HeldLog[] =>
    held.filter((log) => log.source === source && log.aid === aid)
  const alone = of('logchunks', 'alone')
  const rows: readonly (readonly [string, readonly HeldLog[], (log: HeldLog) => number, string, number | undefined])[] =
    [
      ['failing part, LogChunks, F1', alone, ({ f1 }) => f1, '0.13', 0.45],
      ['failing part, LogChunks, precision', alone, ({ precision }) => precision, '–', undefined],
      ['failing part, LogChunks, recall', alone, ({ recall }) => recall, '–', undefined],
      ['failing part, LogChunks, overlap', alone, ({ overlaps }) => Number(overlaps), '0.66', 0.9],
      ['failing part, LogChunks, first range inside', alone, ({ startsInside }) => Number(startsInside), '–', 0.6],
      ['failing part, LogChunks with examples, F1', of('logchunks', 'examples'), ({ f1 }) => f1, '0.51', 0.6],
      [
        'failing part, LogChunks with examples, recall',
        of('logchunks', 'examples'),
        ({ recall }) => recall,
        '0.70',
        undefined,
      ],
      ['failing part, cidiff with the passing log, F1', of('cidiff', 'passed'), ({ f1 }) => f1, '0.30', 0.65],
    ]
  return rows
    .filter(([, logs]) => logs.length > 0)
    .map(([what, logs, value, baseline, reach]) => {
      const [mean, interval] = overProjects(logs, value)
      return {
        what,
        measured: withInterval(mean, interval),
        baseline,
        reach: reach === undefined ? '–' : `≥ ${reach}`,
        reached: reach === undefined || mean >= reach,
      }
    })
}
