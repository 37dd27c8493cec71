import { useLocation, useParams, useSearchParams } from 'react-router'
import type { HealingView, JobView, RunView } from '../../../src/contract/views.ts'
import { useRun } from '../api/queries.ts'
import { Band } from '../kit/band.tsx'
import { cut } from '../kit/cut.ts'
import { Loaded } from '../kit/loaded.tsx'
import { Page } from '../kit/page.tsx'
import { ending } from '../kit/words.ts'
import { FailureCard } from './failure-card.tsx'
import { Jobs } from './jobs.tsx'
import { LogSection, type ShownJob } from './log/log-section.tsx'
import { RunFacts } from './run-facts.tsx'

/** Why is it red, and what is done about it? */
export function RunPage() {
  const id = useParams()['*'] ?? ''
  const [words] = useSearchParams()
  const attempt = Number(words.get('attempt')) || null
  return <Loaded query={useRun(id, attempt)}>{(view) => <Run key={view.run.id} view={view} />}</Loaded>
}

function Run({ view }: { view: RunView }) {
  const { run, jobs, healings } = view
  const [words, setWords] = useSearchParams()
  const { hash } = useLocation()
  const job = chosen(words.get('job'), jobs, healings)
  const choose = (jobId: string) =>
    setWords(
      (before) => {
        before.set('job', jobId)
        return before
      },
      { preventScrollReset: true },
    )
  const name = `${cut(run.pipeline, 60)} #${run.number}`
  return (
    <Page title={name} heading={headline(view)}>
      <RunFacts view={view} />
      {healings.map((healing, at) => (
        <FailureCard key={healing.id} healing={healing} first={at === 0} />
      ))}
      <Jobs jobs={jobs} chosen={job?.id ?? null} choose={choose} />
      {job ? (
        <LogSection key={job.id} run={run} job={job} hash={hash} />
      ) : (
        <Band name="Log">No job has started yet.</Band>
      )}
    </Page>
  )
}

function headline({ run, healings }: RunView): string {
  const [newest] = healings
  if (newest) return cut(newest.diagnosis?.sentence ?? newest.sentence, 200)
  const { word } = ending(run)
  const first = `${cut(run.pipeline, 60)} #${run.number}`
  return `${first}: ${word.toLowerCase()}`
}

/**
 * The job whose log is shown: the one asked for, else the one that broke, else the first that has something to read. It
 * may be of an earlier attempt, and then is not among the jobs.
 */
function chosen(
  asked: string | null,
  jobs: readonly JobView[],
  healings: readonly HealingView[],
): ShownJob | undefined {
  const broken = healings.find(({ jobId }) => jobId !== null && (asked === null || jobId === asked))
  const wanted = asked ?? broken?.jobId
  const here = wanted ? jobs.find(({ id }) => id === wanted) : undefined
  if (here) return here
  if (broken?.jobId) return earlier(broken.jobId, broken.job)
  return jobs.find((job) => ending(job).meaning === 'failing') ?? jobs.find(({ hasLog }) => hasLog) ?? jobs[0]
}

function earlier(id: string, name: string | null): ShownJob {
  return { id, name: `${name ?? 'the failed job'}, earlier attempt`, status: 'completed', steps: [], hasLog: true }
}
