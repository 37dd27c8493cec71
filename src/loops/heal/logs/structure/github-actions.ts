import type { MarkReader } from './mark.ts'

const ci = 'github-actions'

/**
 * A step opens with a group `Run …`; other groups lie inside a step. The runner speaks of a job's beginning and end in
 * its own words. Job files of a run archive are told by the archive, not by a line.
 */
export const githubActions: MarkReader = {
  literals: [
    '##[group]',
    '##[endgroup]',
    'Starting: Request a runner to run this job',
    'Starting: Prepare job ',
    'Requested labels: ',
    'Current runner version: ',
    'Post job cleanup.',
    'Cleaning up orphan processes',
    '##[error]Process completed with exit code',
  ],
  read({ text }) {
    const exit = /^##\[error\]Process completed with exit code (-?\d{1,10})/.exec(text)
    if (exit !== null) return { ci, exitCode: Number(exit[1]) }
    if (/^(?:##\[section\]Starting: Request a runner |Requested labels: )/.test(text))
      return step('Wait for a runner', 'queue')
    if (/^(?:##\[section\]Starting: Prepare job |Current runner version: )/.test(text))
      return step('Set up job', 'provision')
    if (/^Post job cleanup\.\r?$/.test(text)) return { ci, begins: { kind: 'step', name: 'Post job cleanup' } }
    if (/^Cleaning up orphan processes\r?$/.test(text)) return step('Complete job', 'post')
    if (text.startsWith('##[endgroup]')) return { ci, ends: { id: 'group' } }
    const group = /^##\[group\](.{0,300})/.exec(text)?.[1]?.trim()
    if (group === undefined) return undefined
    if (group.startsWith('Run ')) return { ci, begins: { kind: 'step', name: group } }
    return { ci, begins: { kind: 'group', name: group, id: 'group' } }
  },
}

const step = (name: string, phase: 'queue' | 'provision' | 'post') =>
  ({ ci, begins: { kind: 'step', name, phase, once: true } }) as const
