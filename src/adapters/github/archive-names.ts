import type { Job } from '../../model/run.ts'
import type { ArchivedFile } from './archive.ts'

/**
 * Which files of a run's archive are the log of one job, in reading order. GitHub makes the names from job names: `/`
 * and `:` removed, cut to 90 UTF-16 units and trimmed, equal ones numbered; so jobs are matched by their order among
 * equals and steps by their number. A job has a whole-job file `<n>_<job>.txt`, or a folder `<job>/<step>_<name>.txt`,
 * or both, or neither; a second root file of the same name holds what the service did before the job
 * (cli/cli#5011; names checked against real archives).
 */
export function filesOfJob(
  files: readonly ArchivedFile[],
  jobs: readonly Pick<Job, 'externalId' | 'name'>[],
  wanted: Pick<Job, 'externalId' | 'name'>,
): readonly ArchivedFile[] {
  const base = archivedName(wanted.name)
  const equals = jobs.filter((job) => archivedName(job.name) === base)
  const place = Math.max(
    0,
    equals.findIndex((job) => job.externalId === wanted.externalId),
  )
  const folder = place === 0 ? base : `${base} (${place})`
  const steps = stepsIn(files, folder)
  const stepBytes = steps.reduce((sum, file) => sum + file.bytes, 0)
  const whole = wholeFiles(files, base, equals.length === 1 ? undefined : folder).filter(
    (file) => file.bytes >= stepBytes,
  )
  // The whole-job file also has what came between steps, and the last words of a runner that was lost.
  const best = steps.length > 0 ? whole.at(0) : whole.at(-1)
  return best === undefined ? steps : [best]
}

export function archivedName(jobName: string): string {
  return jobName.replaceAll(/[/:]/g, '').slice(0, 90).trim()
}

function stepsIn(files: readonly ArchivedFile[], folder: string): readonly ArchivedFile[] {
  return files
    .flatMap((file) => {
      const number = /^(\d{1,6})_[^/]*\.txt$/.exec(
        file.name.startsWith(`${folder}/`) ? file.name.slice(folder.length + 1) : '',
      )
      return number === null ? [] : [{ file, number: Number(number[1]) }]
    })
    .sort((a, b) => a.number - b.number)
    .map(({ file }) => file)
}

/** Root files of the job's name, smallest first. With equal job names, only the one with the same number is safe to take. */
function wholeFiles(
  files: readonly ArchivedFile[],
  base: string,
  exactly: string | undefined,
): readonly ArchivedFile[] {
  return files
    .filter((file) => {
      const name = /^-?\d{1,6}_([^/]*)\.txt$/.exec(file.name)?.[1]
      if (name === undefined) return false
      if (exactly !== undefined) return name === exactly
      return name === base || (name.startsWith(base) && /^ \(\d{1,4}\)$/.test(name.slice(base.length)))
    })
    .sort((a, b) => a.bytes - b.bytes)
}
