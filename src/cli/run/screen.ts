import { styleText } from 'node:util'
import { sayDuration } from '../../base/quantity.ts'
import { plainLine } from '../../base/text.ts'
import type { Conclusion } from '../../model/run.ts'
import type { JobResult } from '../../roles/runner/execute/request.ts'
import type { Cell } from '../../roles/runner/workflow/cells.ts'
import type { PreparedRun } from './prepare.ts'
import { failedSteps, type Recorder } from './recorder.ts'

/** The stitch of the seam and the word for it: neither colour nor sign says anything alone. */
const stitches = {
  success: { stitch: '─', word: 'passed', colour: 'green' },
  failure: { stitch: '╳', word: 'failed', colour: 'red' },
  timed_out: { stitch: '╳', word: 'timed out', colour: 'red' },
  cancelled: { stitch: '┃', word: 'cancelled', colour: 'blue' },
  skipped: { stitch: '○', word: 'skipped', colour: 'gray' },
} as const
type Shown = keyof typeof stitches

export interface Screen {
  begin(run: PreparedRun, where: string): void
  /** On a terminal the line that is alive; elsewhere nothing. */
  working(cell: Cell, step: string): void
  ended(cell: Cell, result: JobResult, recorder: Recorder): void
  settled(name: string, conclusion: Shown, because: string): void
  say(text: string): void
  finish(conclusion: Shown, jobs: number, failed: number, tookMs: number, logs: string): void
}

export function createScreen(stream: NodeJS.WriteStream): Screen {
  // `styleText` looks at the stream, NO_COLOR and FORCE_COLOR.
  const styled = (colour: Parameters<typeof styleText>[0], text: string) => styleText(colour, text, { stream })
  const width = () => Math.max(stream.columns ?? 100, 40)
  const alive = new Map<string, string>()
  let shown = false
  const clear = () => {
    if (shown) stream.write('\r\u001b[2K')
    shown = false
  }
  const draw = () => {
    if (!stream.isTTY || alive.size === 0) return
    const text = plainLine([...alive].map(([name, step]) => `${name}: ${step}`).join(' · '), width() - 3)
    clear()
    stream.write(styled('gray', `… ${text}`))
    shown = true
  }
  const line = (text: string) => {
    clear()
    stream.write(`${text}\n`)
    draw()
  }
  const row = (conclusion: Conclusion, name: string, rest: string) => {
    const { stitch, word, colour } = stitches[isShown(conclusion) ? conclusion : 'skipped']
    return `${styled(colour, stitch)} ${plainLine(name)}  ${styled(colour, word)}${rest === '' ? '' : styled('gray', `  ${rest}`)}`
  }
  return {
    say: line,
    begin({ plan, problems }, where) {
      line(`${styled('bold', plan.workflow.path)}  ${styled('gray', where)}`)
      if (problems.length === 0) return
      line(`This runner will not honour ${problems.length === 1 ? 'one thing' : `${problems.length} things`}:`)
      const digits = String(problems.at(-1)?.line ?? 0).length
      for (const problem of problems)
        line(
          `  ${styled('yellow', `line ${String(problem.line).padStart(digits)}`)}  ${plainLine(problem.sentence, 400)}`,
        )
    },
    working(cell, step) {
      alive.set(cell.name, step)
      draw()
    },
    ended(cell, result, recorder) {
      alive.delete(cell.name)
      line(row(result.conclusion, cell.name, describe(result)))
      for (const step of failedSteps(result)) {
        line(`  ${row(step.conclusion ?? 'failure', step.name, sayTime(step))}`)
        for (const text of recorder.tails.get(step.number) ?? []) line(`  ${styled('gray', '│')} ${colourLine(text)}`)
      }
    },
    settled(name, conclusion, because) {
      line(row(conclusion, name, because))
    },
    finish(conclusion, jobs, failed, tookMs, logs) {
      alive.clear()
      clear()
      const { stitch, colour } = stitches[conclusion]
      const sentence =
        conclusion === 'success'
          ? `${jobs === 1 ? 'The job' : `All ${jobs} jobs`} ended well`
          : conclusion === 'cancelled'
            ? 'The run was cancelled'
            : `${failed} of ${jobs} ${jobs === 1 ? 'job' : 'jobs'} failed`
      line(
        `${styled(colour, stitch)} ${sentence} in ${sayDuration(tookMs)}.${logs === '' ? '' : ` Whole logs: ${logs}`}`,
      )
    },
  }

  function colourLine(text: string): string {
    const mark = /^##\[(error|warning|notice)\]/.exec(text)
    if (!mark) return text
    const rest = text.slice(mark[0].length)
    return styled(mark[1] === 'error' ? 'red' : 'yellow', `${mark[1]}: ${rest}`)
  }
}

function isShown(conclusion: Conclusion): conclusion is Shown {
  return Object.hasOwn(stitches, conclusion)
}

function describe(result: JobResult): string {
  const ran = result.steps.filter((step) => step.conclusion === 'success').length
  const times = result.steps.flatMap((step) => [step.startedAt, step.completedAt].filter((at) => at !== undefined))
  const took = times.length > 1 ? Math.max(...times.map(Number)) - Math.min(...times.map(Number)) : 0
  return `${sayDuration(took)}, ${ran} of ${result.steps.length} steps green`
}

function sayTime({
  startedAt,
  completedAt,
}: {
  readonly startedAt?: Date | undefined
  readonly completedAt?: Date | undefined
}): string {
  return startedAt && completedAt ? sayDuration(completedAt.getTime() - startedAt.getTime()) : ''
}
