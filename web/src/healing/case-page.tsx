import { styled } from '@mui/material/styles'
import { useParams } from 'react-router'
import type { HealingView } from '../../../src/contract/views.ts'
import { useHealing } from '../api/queries.ts'
import { Anchor } from '../kit/anchor.tsx'
import { Band } from '../kit/band.tsx'
import { cut } from '../kit/cut.ts'
import { Decision } from '../kit/decision.tsx'
import { Empty } from '../kit/empty.tsx'
import { Facts } from '../kit/facts.tsx'
import { Loaded } from '../kit/loaded.tsx'
import { Page } from '../kit/page.tsx'
import { Raw } from '../kit/raw.tsx'
import { Mono } from '../kit/rows.tsx'
import { clock, exactly } from '../kit/time.ts'
import { count, distinct, percent, runPath } from '../kit/words.ts'
import { softInk } from '../theme/theme.ts'

/** One line of the ledger, whole: enough to decide again from the same inputs. */
export function CasePage() {
  const id = useParams()['*'] ?? ''
  return <Loaded query={useHealing(id)}>{(healing) => <Case healing={healing} />}</Loaded>
}

function Case({ healing }: { healing: HealingView }) {
  const { run, job, plan, inputs, effect, proof, moments } = healing
  return (
    <Page title={`Healing of ${cut(run.pipeline, 60)} #${run.number}`} heading={cut(healing.sentence, 200)}>
      <Band name="Failure" note={<Anchor to={runPath(run.id)}>Open the run and its log</Anchor>}>
        <Facts of={factsOf(healing)} />
      </Band>
      <Band name="Decision" note={job ? `Job ${cut(job, 80)}` : undefined}>
        <Decision healing={healing} linked={false} />
      </Band>
      <Band name="Moments" count={moments.length}>
        {moments.length === 0 ? <Empty>Nothing has happened yet.</Empty> : <Moments of={moments} />}
      </Band>
      <Stored name="Inputs" note="What the decision was made from." value={inputs} />
      <Stored name="Plan" value={plan} />
      <Stored name="Receipt" note="What the other side answered." value={effect} />
      <Stored name="Proof" value={proof} />
    </Page>
  )
}

function factsOf({ run, diagnosis, seen }: HealingView): Parameters<typeof Facts>[0]['of'] {
  const about = [
    ['Run', `${run.repository}, ${cut(run.pipeline, 60)} #${run.number}, attempt ${run.attempt}`],
    ['Commit', <Mono key="commit">{run.sha}</Mono>],
  ] as const
  if (!diagnosis) return about
  return [
    ...about,
    [
      'Category',
      `${diagnosis.category}, ${percent(diagnosis.confidence)} sure${diagnosis.abstained ? ' (abstained)' : ''}`,
    ],
    [
      'Also possible',
      diagnosis.categories
        .slice(1, 4)
        .map(({ category, p }) => `${category} ${percent(p)}`)
        .join(', ') || 'nothing else',
    ],
    ['Transience', `${diagnosis.transience.verdict}. ${diagnosis.transience.why}`],
    ['Owner', diagnosis.owner],
    ['Phase', diagnosis.phase],
    ['Seen', seen.times > 1 ? count(seen.times, 'time') : 'for the first time'],
    ['Fingerprint', <Mono key="print">{diagnosis.fingerprint.family}</Mono>],
    ['Evidence', <Evidence key="evidence" of={diagnosis.evidence} />],
  ]
}

function Evidence({ of }: { of: readonly string[] }) {
  if (of.length === 0) return 'none'
  return (
    <ul style={{ margin: 0, paddingLeft: 16 }}>
      {distinct(of).map((words) => (
        <li key={words}>{cut(words)}</li>
      ))}
    </ul>
  )
}

function Moments({ of }: { of: HealingView['moments'] }) {
  return (
    <Timeline>
      {of.map((moment) => (
        <li key={`${moment.at} ${moment.what} ${moment.sentence}`}>
          <time dateTime={moment.at} title={exactly(moment.at)}>
            {clock(Date.parse(moment.at))}
          </time>
          <span>
            <Mono style={{ color: softInk }}>{cut(moment.what, 60)}</Mono> {cut(moment.sentence)}
          </span>
        </li>
      ))}
    </Timeline>
  )
}

function Stored({ name, note, value }: { name: string; note?: string; value: unknown }) {
  return (
    <Band name={name} note={note}>
      {value === null || value === undefined ? (
        <Empty>None.</Empty>
      ) : (
        <Raw value={value} label={`${name}, as stored`} />
      )}
    </Band>
  )
}

const Timeline = styled('ol')({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  fontSize: '0.8125rem',
  '& li': { display: 'grid', gridTemplateColumns: '68px minmax(0, 1fr)', gap: 12, padding: '4px 0' },
  '& time': { color: softInk },
})
