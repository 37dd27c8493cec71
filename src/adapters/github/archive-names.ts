import type { Job } from '../../model/run.ts'
import type { ArchivedFile } from './archive.ts'

/**
 * Which files of a run's archive are the log of one job, in reading order; none rather than a wrong one. GitHub makes
 * the names from job names: `/` and `:` removed, cut to 90 UTF-16 units and trimmed, equal ones numbered; so jobs are
 * matched by their order among equals and steps by their number. A job has a whole-job file `<n>_<job>.txt`, or a folder
 * `<job>/<step>_<name>.txt`, or both, or neither; a second root file of the same name holds what the service did before
 * the job (cli/cli#5011; checked against real archives).
 */
export function filesOfJob(
  files: readonly ArchivedFile[],
  jobs: readonly NamedJob[],
  wanted: NamedJob,
): readonly ArchivedFile[] {
  const base = archivedName(wanted.name)
  const equals = jobs.filter((job) => archivedName(job.name) === base)
  const others = new Set(jobs.map((job) => archivedName(job.name)).filter((name) => name !== base))
  const place = Math.max(
    0,
    equals.findIndex((job) => job.externalId === wanted.externalId),
  )
  const name = place === 0 ? base : `${base} (${place})`
  if (others.has(name)) return []
  const steps = stepsIn(files, name)
  const stepBytes = steps.reduce((sum, file) => sum + file.bytes, 0)
  const isNameOfJob =
    equals.length > 1
      ? (candidate: string) => candidate === name
      : (candidate: string) => candidate === base || (isNumbered(candidate, base) && !others.has(candidate))
  const whole = rootFiles(files, isNameOfJob).filter((file) => file.bytes >= stepBytes)
  // The whole-job file also has what came between steps, and the last words of a runner that was lost.
  const best = steps.length > 0 ? whole.at(0) : whole.at(-1)
  return best === undefined ? steps : [best]
}

type NamedJob = Pick<Job, 'externalId' | 'name'>

export function archivedName(jobName: string): string {
  return jobName.replaceAll(/[/:]/g, '').slice(0, 90).trim()
}

function stepsIn(files: readonly ArchivedFile[], folder: string): readonly ArchivedFile[] {
  const inside = files.filter((file) => file.name.startsWith(`${folder}/`))
  const numbered = inside.flatMap((file) => {
    const number = /^(\d{1,6})_[^/]*\.txt$/.exec(file.name.slice(folder.length + 1))?.[1]
    return number === undefined ? [] : [{ file, number: Number(number) }]
  })
  return numbered.sort((a, b) => a.number - b.number).map(({ file }) => file)
}

/** Files at the root whose name fits, smallest first. */
function rootFiles(files: readonly ArchivedFile[], fits: (name: string) => boolean): readonly ArchivedFile[] {
  return files
    .filter((file) => {
      const name = /^-?\d{1,6}_([^/]*)\.txt$/.exec(file.name)?.[1]
      return name !== undefined && fits(name)
    })
    .sort((a, b) => a.bytes - b.bytes)
}

function isNumbered(name: string, base: string): boolean {
  return name.startsWith(base) && /^ \(\d{1,4}\)$/.test(name.slice(base.length))
}
