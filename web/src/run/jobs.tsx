import { useState } from 'react'
import type { JobView } from '../../../src/contract/views.ts'
import { Band } from '../kit/band.tsx'
import { Choice } from '../kit/choice.tsx'
import { JobGraph } from './job-graph.tsx'
import { JobList } from './job-list.tsx'

export interface JobsProps {
  readonly jobs: readonly JobView[]
  readonly chosen: string | null
  readonly choose: (jobId: string) => void
}

/** Beyond this a graph is a wall; the list stays readable. */
const drawable = 80

export function Jobs(props: JobsProps) {
  const [view, setView] = useState<'graph' | 'list'>(props.jobs.length > drawable ? 'list' : 'graph')
  return (
    <Band
      name="Jobs"
      count={props.jobs.length}
      note={<Choice label="Show jobs as" options={{ graph: 'Graph', list: 'List' }} chosen={view} choose={setView} />}
    >
      {view === 'graph' ? <JobGraph {...props} /> : <JobList {...props} />}
    </Band>
  )
}
