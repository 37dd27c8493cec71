import type { Phase } from '../../../../model/diagnosis.ts'
import type { Mark, MarkReader } from './mark.ts'

const ci = 'travis-ci'

const phases: readonly (readonly [RegExp, Phase])[] = [
  [/^(?:worker_info|system_info|announce|services|docker_mtu|resolvconf|rvm|ruby|apt|addons|hostname)\b/, 'provision'],
  [/^git\./, 'checkout'],
  [/^cache\.1$/, 'restore'],
  [/^(?:before_install|install|before_script)\b/, 'prepare'],
  [/^(?:after_|before_cache|cache\.)/, 'post'],
  [/^(?:deploy|before_deploy|dpl)/, 'deploy'],
]

/** Folds hold commands; a command's end tells its times, and a sentence on the same line or soon after its exit code. */
export const travisCi: MarkReader = {
  literals: ['travis_fold:', 'travis_time:', '" exited with ', '" failed and exited with ', 'Your build exited with '],
  read({ raw }) {
    const marks = [timeEnded(raw), foldMark(raw), timeBegun(raw)].filter((mark) => mark !== undefined)
    const exit = /The command ".{1,2000}?" (?:failed and )?exited with (\d{1,5})/.exec(raw)?.[1]
    if (exit !== undefined) marks.push({ ci, exitCode: Number(exit), exitOf: 'ended' })
    return marks.reduceRight<Mark | undefined>(
      (followedBy, mark) => ({ ...mark, ...(followedBy === undefined ? {} : { followedBy }) }),
      undefined,
    )
  },
}

function timeEnded(raw: string): Mark | undefined {
  const found = /travis_time:end:([0-9a-f]{1,40})(?::start=\d{1,20},finish=(\d{1,20}))?/.exec(raw)
  if (found === null) return undefined
  const atMs = found[2] === undefined ? {} : { atMs: Math.round(Number(found[2]) / 1e6) }
  return { ci, ends: { id: `time ${found[1]}` }, ...atMs }
}

function timeBegun(raw: string): Mark | undefined {
  const found = /travis_time:start:([0-9a-f]{1,40})\r?(?:\$ )?(.{0,300})/.exec(raw)
  if (found === null) return undefined
  const name = found[2]?.trim() ?? ''
  const own = name !== '' && !/^travis_(?:fold|time):/.test(name)
  const begins = { kind: 'command', name: own ? name : 'command', id: `time ${found[1]}` } as const
  return { ci, begins: own ? begins : { ...begins, namedByNext: true } }
}

function foldMark(raw: string): Mark | undefined {
  const found = /travis_fold:(start|end):([A-Za-z0-9_.,-]{1,200})/.exec(raw)
  if (found?.[2] === undefined) return undefined
  return found[1] === 'end' ? { ci, ends: { id: found[2] } } : { ci, begins: foldOf(found[2]) }
}

function foldOf(id: string) {
  const phase = phases.find(([name]) => name.test(id))?.[1]
  return { kind: 'step', name: id, id, nests: true, ...(phase === undefined ? {} : { phase }) } as const
}
