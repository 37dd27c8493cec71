/** One log inside an archive of a run, in the order to read them. */
export interface ArchiveFile {
  readonly path: string
  readonly job?: string | undefined
  readonly step?: string | undefined
}

/**
 * GitHub's run archive holds a job whole at its root, `3_build (11).txt`, and by step in a folder, `build (11)/2_Run
 * tests.txt`; either may be missing. The names are cut, lose signs and get numbers, so that folder and file are matched
 * only where they are equal. What was said while the job waited for its runner is a second file of the same number.
 */
export function planOfArchive(paths: readonly string[]): readonly ArchiveFile[] {
  const texts = paths.filter((path) => /\.(?:txt|log)$/i.test(path))
  const whole = texts.filter((path) => !path.includes('/')).toSorted(byNumber)
  const names = new Set(whole.map(jobOf))
  const steps = texts.filter((path) => path.includes('/') && !names.has(folderOf(path))).toSorted(byNumber)
  return [
    ...whole.map((path) => ({ path, job: jobOf(path) })),
    ...steps.map((path) => ({ path, job: folderOf(path), step: stepOf(path) })),
  ]
}

const byNumber = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })
const jobOf = (path: string): string => path.replace(/^\d{1,9}_/, '').replace(/\.(?:txt|log)$/i, '')
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))
const stepOf = (path: string): string => jobOf(path.slice(path.lastIndexOf('/') + 1))
