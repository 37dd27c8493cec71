import { useQuery } from '@tanstack/react-query'
import type { JobView, RunSummary } from '../../../../src/contract/views.ts'
import { logRange } from '../../api/queries.ts'
import { Band } from '../../kit/band.tsx'
import { cut } from '../../kit/cut.ts'
import { Empty } from '../../kit/empty.tsx'
import { Failed } from '../../kit/loaded.tsx'
import { Steps } from '../steps.tsx'
import { LogViewer } from './log-viewer.tsx'

/** What is needed of a job to show its log. */
export type ShownJob = Pick<JobView, 'id' | 'name' | 'status' | 'steps' | 'hasLog'>

/** The log of one job, opened on the line that the address names, else on the failing one. */
export function LogSection({ run, job, hash }: { run: RunSummary; job: ShownJob; hash: string }) {
  const head = useQuery({
    ...logRange(run.id, job.id, null, null),
    enabled: job.hasLog,
    refetchInterval: job.status === 'in_progress' ? 3000 : false,
  })
  return (
    <Band name={`Log of ${cut(job.name, 80)}`} note={job.steps.length > 0 && <Steps steps={job.steps} />}>
      {head.error && <Failed error={head.error} again={head.refetch} />}
      {(!job.hasLog || head.data?.total === 0) && <Empty>{nothingYet(job)}</Empty>}
      {head.data && head.data.total > 0 && <LogViewer runId={run.id} jobId={job.id} head={head.data} hash={hash} />}
    </Band>
  )
}

function nothingYet(job: ShownJob): string {
  if (job.status === 'completed') return 'No log of this job is kept. Its vendor may still have it.'
  return 'No line yet. The log appears here as soon as the job gives it.'
}
