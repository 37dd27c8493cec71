import type { MarkReader } from './mark.ts'

const ci = 'azure-pipelines'

/** Jobs and steps are told by the same words and lie in each other; an end names what it ends. */
export const azurePipelines: MarkReader = {
  literals: ['##[section]', '##[error]', '##[endgroup]', '##[group]'],
  read({ text, ci: known }) {
    // GitHub's service speaks Azure's words while a job waits.
    if (known === 'github-actions' || /ing: (?:Request a runner to run this job|Prepare job )/.test(text))
      return undefined
    const starting = /^##\[section\]Starting: (.{1,300})/.exec(text)?.[1]?.trim()
    if (starting !== undefined)
      return { ci, begins: { kind: known === ci ? 'step' : 'job', name: starting, id: starting, nests: true } }
    const finishing = /^##\[section\]Finishing: (.{1,300})/.exec(text)?.[1]?.trim()
    if (finishing !== undefined) return { ci, ends: { id: finishing } }
    const exit =
      /^##\[error\](?:Bash|Cmd\.exe|PowerShell|Script|The process '.{1,300}'|.{1,80}) (?:exited|failed) with (?:exit )?code '?(-?\d{1,10})'?/
    const code = exit.exec(text)?.[1]
    if (code !== undefined) return { ci, exitCode: Number(code) }
    if (known !== ci) return undefined
    if (text.startsWith('##[endgroup]')) return { ci, ends: { id: 'group' } }
    const group = /^##\[group\](.{1,300})/.exec(text)?.[1]
    return group === undefined ? undefined : { ci, begins: { kind: 'group', name: group.trim(), id: 'group' } }
  },
}
