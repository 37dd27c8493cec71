import type { CiKind } from '../reading.ts'
import type { Mark, MarkReader } from './mark.ts'

const ci = 'taskcluster'

/** The worker frames the task; mozharness, inside it, rules off its steps. */
export const taskcluster: MarkReader = {
  literals: ['[taskcluster', '##### Running ', '##### Finished ', 'run with exit code: ', 'Return code: '],
  read({ raw, text, ci: known }) {
    if (raw.startsWith('[taskcluster')) return workerMark(text, known)
    if (known !== ci) return undefined
    const running = /^##### Running (\S{1,100}) step/.exec(text)?.[1]
    if (running !== undefined) return { ci, begins: { kind: 'command', name: running } }
    if (text.startsWith('##### Finished ')) return { ci, ends: { kind: 'command' } }
    const code = /^Return code: (-?\d{1,10})/.exec(text)?.[1]
    return code === undefined || code === '0' ? undefined : { ci, exitCode: Number(code) }
  },
}

function workerMark(text: string, known: CiKind | undefined): Mark {
  if (text.startsWith('=== Task Starting ===')) return { ci, begins: { kind: 'step', name: 'task' } }
  if (text.startsWith('=== Task Finished ===')) return { ci, begins: { kind: 'step', name: 'finish', phase: 'post' } }
  const code = /(?:^Unsuccessful task run with exit code: |^\[taskcluster:error\] exit status )(-?\d{1,10})/.exec(
    text,
  )?.[1]
  if (code !== undefined) return { ci, exitCode: Number(code) }
  return known === ci ? { ci } : { ci, begins: { kind: 'step', name: 'set up task', phase: 'provision' } }
}
