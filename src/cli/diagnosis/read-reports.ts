import { fileBytes } from '../../loops/heal/logs/file-bytes.ts'
import { type Report, readReport } from '../../loops/heal/results/files/report.ts'
import { whyUnreadable } from './read-file.ts'

export interface Reports {
  readonly reports: readonly Report[]
  /** Why a file could not be used, for each that could not. */
  readonly problems: readonly string[]
}

/** Reads the reports that a job wrote beside its log. One that cannot be read costs only itself. */
export async function readReports(paths: readonly string[]): Promise<Reports> {
  const reports: Report[] = []
  const problems: string[] = []
  for (const path of paths)
    try {
      const report = await readReport(fileBytes(path))
      if ('problem' in report) problems.push(`report ${path}: ${report.problem}`)
      else reports.push(report)
    } catch (error) {
      problems.push(`report ${path}: ${whyUnreadable(error)}`)
    }
  return { reports, problems }
}
