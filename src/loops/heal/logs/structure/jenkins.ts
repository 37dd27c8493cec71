import type { Mark, MarkReader } from './mark.ts'

const ci = 'jenkins'

/** Blocks of a pipeline lie in each other, `sh` steps in them; a freestyle job shows the shell that it starts. */
export const jenkins: MarkReader = {
  literals: [
    '[Pipeline] ',
    'Started by ',
    'Building remotely on ',
    'Building in workspace ',
    '] $ ',
    'script returned exit code ',
    "' marked build as failure",
    'Finished: ',
  ],
  read({ text, ci: known }) {
    const pipeline = /^\[Pipeline\] (.{1,300})/.exec(text)?.[1]?.trim()
    // Older pipelines say of which parallel branch: `[Pipeline] [linux] sh`.
    if (pipeline !== undefined) return pipelineMark(pipeline.replace(/^\[[^\]]{1,200}\] /, ''))
    if (/^(?:Started by \S|Building remotely on \S|Building in workspace \S)/.test(text)) return { ci }
    const shell = /^\[[^\]]{1,200}\] \$ (.{1,300})/.exec(text)?.[1]
    if (shell !== undefined && known === ci) return { ci, begins: { kind: 'command', name: shell } }
    const code = /^(?:ERROR: )?script returned exit code (-?\d{1,10})/.exec(text)?.[1]
    if (code !== undefined) return { ci, exitCode: Number(code), exitOf: 'ended' }
    if (/^Build step '.{1,200}' marked build as failure/.test(text))
      return { ci, ends: { kind: 'command' }, exitCode: 1 }
    return known === ci && text.startsWith('Finished: ') ? { ci, ends: { kind: 'command' } } : undefined
  },
}

function pipelineMark(words: string): Mark {
  const named = /^\{ \((.{1,200})\)/.exec(words)?.[1]
  if (named !== undefined)
    return {
      ci,
      ends: { kind: 'command' },
      begins: { kind: 'step', name: named.replace(/^Branch: /, ''), id: 'block', nests: true },
    }
  if (words === '{')
    return { ci, ends: { kind: 'command' }, begins: { kind: 'step', name: 'block', id: 'block', nests: true } }
  if (words === '}') return { ci, ends: { id: 'block' } }
  if (/^(?:sh|bat|powershell|pwsh)\b/.test(words))
    return { ci, begins: { kind: 'command', name: words, namedByNext: true } }
  return { ci, ends: { kind: 'command' } }
}
