import { styled } from '@mui/material/styles'
import type { HealingView } from '../../../src/contract/views.ts'
import { cut } from '../kit/cut.ts'
import { Decision } from '../kit/decision.tsx'
import { Aside, Mono, Unseen } from '../kit/rows.tsx'
import { State } from '../kit/state.tsx'
import { When } from '../kit/when.tsx'
import { count, distinct, percent, stand } from '../kit/words.ts'
import { colour, line } from '../theme/theme.ts'
import { FirstCause } from './first-cause.tsx'

/** What broke and why Mendline thinks so, beside what was decided about it. The first says it all; older ones fold. */
export function FailureCard({ healing, first }: { healing: HealingView; first: boolean }) {
  if (!first) {
    return (
      <Older>
        <summary>
          <State told={stand(healing)} /> {cut(healing.sentence, 160)} <When at={healing.startedAt} />
        </summary>
        <Columns healing={healing} />
      </Older>
    )
  }
  return (
    <Card
      aria-label="Why it broke"
      style={{ borderTopColor: colour(healing.outcome === 'mended' ? 'healthy' : 'failing') }}
    >
      <Unseen as="h2">Why it broke</Unseen>
      <Columns healing={healing} />
    </Card>
  )
}

function Columns({ healing }: { healing: HealingView }) {
  return (
    <Two>
      <div style={{ minWidth: 0 }}>
        {healing.diagnosis ? (
          <Diagnosis healing={healing} diagnosis={healing.diagnosis} />
        ) : (
          <p>The log is still being read. The cause appears here.</p>
        )}
      </div>
      <div style={{ minWidth: 0 }}>
        <Decision healing={healing} />
      </div>
    </Two>
  )
}

function Diagnosis({ healing, diagnosis }: { healing: HealingView; diagnosis: NonNullable<HealingView['diagnosis']> }) {
  const { category, confidence, abstained, transience, owner, phase, location, evidence } = diagnosis
  return (
    <>
      <Aside>
        <strong>
          {abstained ? 'not sure: ' : ''}
          <Mono>{category}</Mono> {percent(confidence)} sure
        </strong>
        <span title={transience.why}>
          {transience.verdict} {transience.verdict === 'unknown' ? '' : percent(transience.p)}
        </span>
        <span>broke in {phase}</span>
        <span>{owner === 'nobody' ? 'nobody has to act' : `${owner} acts`}</span>
        <span>
          {healing.seen.times > 1 ? `seen ${count(healing.seen.times, 'time')}` : 'seen for the first time'}
          {healing.seen.times > 1 && healing.seen.since && (
            <>
              , first <When at={healing.seen.since} />
            </>
          )}
        </span>
      </Aside>
      {location && (
        <Place>
          <Mono>
            {cut(location.file, 200)}:{location.line}
            {location.column ? `:${location.column}` : ''}
          </Mono>
        </Place>
      )}
      <FirstCause excerpts={diagnosis.excerpts} jobId={healing.jobId} />
      {(evidence.length > 0 || transience.why) && (
        <>
          <Small>Why Mendline thinks so</Small>
          <Reasons>
            {distinct(evidence).map((words) => (
              <li key={words}>{cut(words)}</li>
            ))}
            {transience.why && <li>{cut(transience.why)}</li>}
          </Reasons>
        </>
      )}
    </>
  )
}

const Card = styled('section')({ borderTop: '2px solid', padding: '16px 0 28px' })
const Older = styled('details')({
  borderTop: `1px solid ${line}`,
  padding: '10px 0',
  '& summary': { cursor: 'pointer', minHeight: 24, fontSize: '0.875rem' },
})
const Two = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1.7fr) minmax(0, 1fr)',
  gap: '24px 40px',
  '@media (max-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
})
const Place = styled('div')({ margin: '8px 0 0' })
const Small = styled('h3')({ fontSize: '0.8125rem', fontWeight: 600, margin: '16px 0 4px' })
const Reasons = styled('ul')({
  margin: 0,
  paddingLeft: 18,
  fontSize: '0.8125rem',
  '& li': { padding: '2px 0' },
  '& li::first-letter': { textTransform: 'uppercase' },
})
