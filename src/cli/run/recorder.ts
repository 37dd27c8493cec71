import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs'
import path from 'node:path'
import { plainText } from '../../base/text.ts'
import type { JobResult, StepUpdate } from '../../roles/runner/execute/request.ts'
import type { Cell } from '../../roles/runner/workflow/cells.ts'

/** How many lines of a failing step are shown. */
const tailLines = 20

/** What a cell printed: the whole log in a file, and the end of each step that failed. */
export interface Recorder {
  log(line: string): void
  step(update: StepUpdate): void
  readonly file: string
  /** By step number. */
  readonly tails: ReadonlyMap<number, readonly string[]>
  close(): Promise<void>
}

export function recordCell(folder: string, cell: Cell): Recorder {
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `${fileName(cell)}.log`)
  const stream: WriteStream = createWriteStream(file)
  const tails = new Map<number, readonly string[]>()
  let lines: string[] = []
  let header = false
  return {
    file,
    tails,
    log(line) {
      stream.write(`${line}\n`)
      const text = line.slice(line.indexOf(' ') + 1)
      // The group that GitHub prints before a step's output repeats the script: the failure stands after it.
      if (text.startsWith('##[group]Run ')) header = true
      else if (text === '##[endgroup]' && header) header = false
      else if (!header) lines.push(plainText(text.replace(/^##\[(?:group|endgroup)\]/, ''), 400))
      if (lines.length > 4 * tailLines) lines = lines.slice(-tailLines)
    },
    step(update) {
      if (update.status === 'in_progress') lines = []
      else if (update.conclusion !== 'success' && update.conclusion !== 'skipped')
        tails.set(update.number, lines.slice(-tailLines))
    },
    close: () => new Promise((resolve) => stream.end(resolve)),
  }
}

function fileName(cell: Cell): string {
  const name = cell.name.replaceAll(/[^\w.-]+/g, '-').slice(0, 80)
  return cell.strategy['job-total'] > 1 ? `${name}-${cell.strategy['job-index']}` : name
}

/** The steps that tell why a job is not green: of a job that ran out of time also the one that was cut off. */
export function failedSteps(result: JobResult): readonly StepUpdate[] {
  const telling = result.conclusion === 'timed_out' ? ['failure', 'timed_out', 'cancelled'] : ['failure', 'timed_out']
  return result.steps.filter((step) => telling.includes(step.conclusion ?? ''))
}
