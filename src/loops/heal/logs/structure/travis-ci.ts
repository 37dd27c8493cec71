import type { Phase } from '../../../../model/diagnosis.ts'
import type { MarkReader } from './mark.ts'

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
    const exit = /The command ".{1,2000}?" (?:failed and )?exited with (\d{1,5})/.exec(raw)?.[1]
    const exitCode = exit === undefined ? {} : { exitCode: Number(exit) }
    const ended = /travis_time:end:([0-9a-f]{1,40})(?::start=\d{1,20},finish=(\d{1,20}))?/.exec(raw)
    const begun = /travis_time:start:([0-9a-f]{1,40})\r?(?:\$ )?(.{0,300})/.exec(raw)
    const command = /^\s*(?:travis_(?:fold|time):|$)/.test(begun?.[2] ?? '') ? undefined : begun?.[2]?.trim()
    const begins =
      begun === null
        ? undefined
        : ({
            kind: 'command',
            name: command ?? 'command',
            id: `time ${begun[1]}`,
            ...(command === undefined ? { namedByNext: true } : {}),
          } as const)
    if (ended !== null)
      return {
        ci,
        ends: { id: `time ${ended[1]}` },
        ...(ended[2] === undefined ? {} : { atMs: Math.round(Number(ended[2]) / 1e6) }),
        ...exitCode,
        ...(begins === undefined ? {} : { begins }),
      }
    const fold = /travis_fold:(start|end):([A-Za-z0-9_.,-]{1,200})/.exec(raw)
    if (begins !== undefined) return { ci, begins }
    if (fold?.[2] !== undefined)
      return fold[1] === 'end' ? { ci, ends: { id: fold[2] } } : { ci, begins: foldOf(fold[2]) }
    return exit === undefined ? undefined : { ci, ...exitCode, exitOf: 'ended' }
  },
}

function foldOf(id: string) {
  const phase = phases.find(([name]) => name.test(id))?.[1]
  return { kind: 'step', name: id, id, nests: true, ...(phase === undefined ? {} : { phase }) } as const
}
