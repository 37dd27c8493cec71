import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Invalid } from '../../../../base/errors.ts'
import type { JobState, StepRun, Verdict } from '../job-state.ts'
import type { Source } from '../request.ts'
import { copyFolder } from './copy.ts'
import type { ActionInputs } from './inputs.ts'
import { runTool } from './tool.ts'

/** `actions/checkout`: brings the commit (or the folder) of the request into the workspace. */
export async function checkout(job: JobState, step: StepRun, inputs: ActionInputs): Promise<Verdict> {
  const { source, folders } = job.request
  const repository = inputs.text('repository')
  if (repository !== '' && repository.toLowerCase() !== String(job.github.repository).toLowerCase())
    throw new Invalid(`only this repository can be checked out here, not '${repository}'`)
  const target = path.resolve(folders.workspace, inputs.text('path', '.'))
  if (target !== folders.workspace && !target.startsWith(folders.workspace + path.sep))
    throw new Invalid(`the path '${inputs.text('path')}' is outside of the workspace`)
  mkdirSync(target, { recursive: true })
  if (source.kind === 'present') {
    job.log.line(`The workspace is ${folders.workspace} itself: nothing is brought.`)
    step.outputs.commit = String(job.github.sha)
    return { outcome: 'success' }
  }
  empty(target)
  if (source.kind === 'folder') {
    const copied = await copyFolder(source.path, target)
    job.log.line(`Copied ${copied.files} files of ${source.path}${copied.git ? ' with its git history' : ''}`)
  } else await fetchCommit(job, step, inputs, source, target)
  step.outputs.commit = String(job.github.sha)
  return { outcome: 'success' }
}

async function fetchCommit(
  job: JobState,
  step: StepRun,
  inputs: ActionInputs,
  source: Extract<Source, { kind: 'git' }>,
  target: string,
): Promise<void> {
  if (!/^[0-9a-f]{40,64}$/.test(source.sha)) throw new Invalid(`'${source.sha.slice(0, 80)}' is not a commit id`)
  const depth = inputs.text('fetch-depth', '1')
  if (!/^\d{1,9}$/.test(depth)) throw new Invalid(`the input 'fetch-depth' must be a number, not '${depth}'`)
  const asked = inputs.text('ref')
  const other = asked !== '' && asked !== source.ref && asked !== job.github.ref_name && asked !== source.sha
  if (asked.startsWith('-')) throw new Invalid(`'${asked}' is not a ref`)
  const git = (...args: string[]) => runTool(job, step, { file: 'git', args, cwd: target, env: gitEnvironment(job) })

  job.log.line('##[group]Initializing the repository')
  await git('init', '--quiet', '.')
  await git('remote', 'add', 'origin', source.url)
  job.log.line('##[endgroup]')
  job.log.line('##[group]Fetching the repository')
  const want = other ? asked : source.sha
  const everything = ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*']
  const shallow = ['fetch', '--quiet', '--no-tags', `--depth=${depth}`, 'origin', `+${want}:refs/mendline/wanted`]
  try {
    if (depth === '0') await git('fetch', '--quiet', 'origin', ...everything, `+${want}:refs/mendline/wanted`)
    else await git(...shallow)
  } catch (error) {
    if (other || step.signal.aborted) throw error
    // Some servers hand out no single commit by its id: take all branches, the commit is among them.
    await git('fetch', '--quiet', 'origin', ...everything)
    await git('update-ref', 'refs/mendline/wanted', source.sha)
  }
  job.log.line('##[endgroup]')
  job.log.line('##[group]Checking out the ref')
  const branch = other ? undefined : branchName(source.ref)
  const place = branch ? ['-B', branch] : ['--detach']
  await git('checkout', '--quiet', '--force', ...place, 'refs/mendline/wanted')
  await git('update-ref', '-d', 'refs/mendline/wanted')
  job.log.line('##[endgroup]')
  await git('log', '-1', '--format=%H')
}

/** Nothing of the user's own git settings: no credential helper, no hook, no prompt. */
function gitEnvironment(job: JobState) {
  const config = path.join(job.request.folders.temp, 'gitconfig')
  writeFileSync(config, '[safe]\n\tdirectory = *\n[advice]\n\tdetachedHead = false\n[init]\n\tdefaultBranch = main\n')
  return { GIT_CONFIG_GLOBAL: config, GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' }
}

function branchName(ref: string | undefined): string | undefined {
  return ref?.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : undefined
}

function empty(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true, force: true })
}
