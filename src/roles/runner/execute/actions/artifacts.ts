import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Invalid } from '../../../../base/errors.ts'
import { saySize } from '../../../../base/quantity.ts'
import { findFiles, staticPart } from '../glob.ts'
import type { JobState, StepRun, Verdict } from '../job-state.ts'
import { fail } from '../launch.ts'
import { matchesName } from '../match-name.ts'
import type { ActionInputs } from './inputs.ts'

/** `actions/upload-artifact`: files of the workspace into the artifact folder of the run. */
export async function uploadArtifact(job: JobState, _step: StepRun, inputs: ActionInputs): Promise<Verdict> {
  const { artifacts, workspace } = job.request.folders
  const name = inputs.text('name', 'artifact')
  checkName(name)
  inputs.required('path')
  const patterns = inputs.lines('path')
  const hidden = inputs.flag('include-hidden-files', false)
  const files = findFiles(workspace, patterns, { followLinks: true, hidden })
  if (files.length === 0) return answerNoFiles(job, inputs, patterns)
  const root = await commonFolder(workspace, patterns)
  await mkdir(artifacts, { recursive: true })
  const target = path.join(artifacts, name)
  if (existsSync(target) && !inputs.flag('overwrite', false))
    return fail(job, `Failed to create the artifact: one named '${name}' exists already in this run`)
  const arriving = path.join(artifacts, `.${randomUUID()}`)
  let bytes = 0
  for (const file of files) {
    const place = inside(arriving, path.relative(root, file))
    await mkdir(path.dirname(place), { recursive: true })
    await copyFile(file, place)
    bytes += (await stat(place)).size
  }
  await rm(target, { recursive: true, force: true })
  // It appears whole or not at all.
  await rename(arriving, target)
  job.log.line(`Artifact ${name} holds ${files.length} files, ${saySize(bytes)}.`)
  return { outcome: 'success' }
}

/** `actions/download-artifact`: artifacts of this run into the workspace. */
export async function downloadArtifact(job: JobState, step: StepRun, inputs: ActionInputs): Promise<Verdict> {
  const { artifacts, workspace } = job.request.folders
  const target = path.resolve(workspace, inputs.text('path', '.'))
  const wanted = inputs.text('name')
  if (wanted !== '') checkName(wanted)
  const known = existsSync(artifacts) ? (await readdir(artifacts)).filter((name) => !name.startsWith('.')) : []
  const pattern = inputs.text('pattern', '*')
  const chosen = known.filter((name) => (wanted === '' ? matchesName(pattern, name) : name === wanted)).sort()
  if (wanted !== '' && chosen.length === 0)
    return fail(job, `Unable to download artifact(s): there is none named '${wanted}' in this run`)
  const merge = wanted !== '' || inputs.flag('merge-multiple', false)
  for (const name of chosen) {
    const files = await copyFiles(path.join(artifacts, name), merge ? target : path.join(target, name))
    job.log.line(`Artifact ${name}: ${files} files downloaded.`)
  }
  step.outputs['download-path'] = target
  return { outcome: 'success' }
}

function answerNoFiles(job: JobState, inputs: ActionInputs, patterns: readonly string[]): Verdict {
  const sentence = `No files were found with the provided path: ${patterns.join(', ')}. No artifacts will be uploaded.`
  const answer = inputs.text('if-no-files-found', 'warn')
  if (answer === 'error') return fail(job, sentence)
  job.log.line(answer === 'ignore' ? sentence : `##[warning]${sentence}`)
  return { outcome: 'success' }
}

/** The folder that paths inside the artifact start from: the lowest that all patterns share. */
async function commonFolder(workspace: string, patterns: readonly string[]): Promise<string> {
  const starts = patterns.filter((line) => !line.startsWith('!')).map((line) => staticPart(workspace, line))
  const [first = workspace, ...more] = starts
  if (more.length === 0) return (await stat(first)).isDirectory() ? first : path.dirname(first)
  let shared = first.split(path.sep)
  for (const start of more) {
    const names = start.split(path.sep)
    const differs = shared.findIndex((name, index) => name !== names[index])
    if (differs >= 0) shared = shared.slice(0, differs)
  }
  const folder = shared.join(path.sep) || path.sep
  return (await stat(folder)).isDirectory() ? folder : path.dirname(folder)
}

async function copyFiles(from: string, to: string): Promise<number> {
  let files = 0
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const source = path.join(entry.parentPath, entry.name)
    const place = inside(to, path.relative(from, source))
    await mkdir(path.dirname(place), { recursive: true })
    await copyFile(source, place)
    files += 1
  }
  return files
}

/** No name, however it is made, leads out of the folder. */
function inside(folder: string, relative: string): string {
  const place = path.resolve(folder, relative)
  if (!place.startsWith(folder + path.sep)) throw new Invalid(`'${relative}' leads out of the artifact`)
  return place
}

function checkName(name: string): void {
  if (/["':<>|*?\r\n\\/]/.test(name) || name.startsWith('.') || name.length > 255)
    throw new Invalid(
      `The artifact name is not valid: '${name.slice(0, 80)}'. It may not hold " : < > | * ? \\ / or a leading dot`,
    )
}
