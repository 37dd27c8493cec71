import { ZipFile } from 'yazl'
import type { AttemptState, JobState } from './state.ts'
import { logText } from './views.ts'

/** A run's log archive with GitHub's names: `/` and `:` removed, cut to 90 UTF-16 units, equal names numbered. */
export async function archiveOf(attempt: AttemptState): Promise<Buffer> {
  const zip = new ZipFile()
  const seen = new Map<string, number>()
  attempt.jobs.forEach((job, index) => {
    if (job.log === null) return
    const base = job.name.replaceAll(/[/:]/g, '').slice(0, 90).trim()
    const place = seen.get(base) ?? 0
    seen.set(base, place + 1)
    const name = place === 0 ? base : `${base} (${place})`
    zip.addBuffer(Buffer.from(logText(job)), `${index}_${name}.txt`)
    for (const [step, text] of stepTexts(job)) zip.addBuffer(Buffer.from(text), `${name}/${step}.txt`)
  })
  zip.end()
  const parts: Buffer[] = []
  for await (const part of zip.outputStream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function stepTexts(job: JobState): readonly (readonly [string, string])[] {
  return [
    ['1_Set up job', '\ufeff2026-01-01T00:00:00.0000000Z Current runner version\n'],
    [`2_Run npm ${job.name}`, logText(job)],
  ]
}
