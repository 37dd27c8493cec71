import type { MarkReader } from './mark.ts'

const ci = 'bitbucket-pipelines'

/** The step clones with a line of its own; its end is the teardown. */
export const bitbucketPipelines: MarkReader = {
  literals: ['GIT_LFS_SKIP_SMUDGE=1 retry ', 'Build teardown', 'Searching for test report files in directories named'],
  read({ text, ci: known }) {
    if (/^\+ GIT_LFS_SKIP_SMUDGE=1 retry \d{1,3} git clone/.test(text))
      return { ci, begins: { kind: 'step', name: 'Build setup', phase: 'checkout' } }
    if (known !== ci) return undefined
    return /^(?:Build teardown|Searching for test report files)/.test(text)
      ? { ci, begins: { kind: 'step', name: 'Build teardown', phase: 'post', once: true } }
      : undefined
  },
}
