import type { Phase } from '../../../../model/diagnosis.ts'
import type { Mark, MarkReader } from './mark.ts'

const ci = 'gitlab-ci'
const mark = /section_(start|end):(\d{1,12}):([A-Za-z0-9_.-]{1,200})/g

/** The runner's own sections are its phases. */
const phases: Readonly<Record<string, Phase>> = {
  resolve_secrets: 'provision',
  prepare_executor: 'provision',
  prepare_script: 'provision',
  get_sources: 'checkout',
  restore_cache: 'restore',
  download_artifacts: 'restore',
  after_script: 'post',
  archive_cache: 'post',
  archive_cache_on_failure: 'post',
  upload_artifacts_on_success: 'post',
  upload_artifacts_on_failure: 'post',
  cleanup_file_variables: 'post',
}

/** Older runners write an end and the next start on one line; the last of each kind on the line counts. */
export const gitlabCi: MarkReader = {
  literals: ['section_start:', 'section_end:', 'Running with gitlab-runner', 'ERROR: Job failed'],
  read({ raw, text }) {
    const exit = /^ERROR: Job failed(?:: (?:exit code|exit status|command terminated with exit code) (-?\d{1,10}))?/
    const code = exit.exec(text)
    if (code !== null) return { ci, ...(code[1] === undefined ? {} : { exitCode: Number(code[1]), exitOf: 'ended' }) }
    if (text.startsWith('Running with gitlab-runner')) return { ci }
    let found: Mark | undefined
    for (const [, way, seconds, name] of raw.matchAll(mark)) {
      if (name === undefined) continue
      const atMs = Number(seconds) * 1_000
      if (way === 'end') found = { ...found, ci, atMs, ends: { id: name } }
      else found = { ...found, ci, atMs, begins: beginOf(name) }
    }
    return found
  },
}

function beginOf(name: string): Mark['begins'] {
  const phase = phases[name]
  return { kind: 'step', name, id: name, nests: true, ...(phase === undefined ? {} : { phase }) }
}
