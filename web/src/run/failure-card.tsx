import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import type { DiagnosisView, HealingView } from '../../../src/contract/views.ts'
import { Anchor } from '../kit/anchor.tsx'
import { sayCategory } from '../kit/categories.ts'
import { useCorrect } from '../kit/correct.tsx'
import { cut } from '../kit/cut.ts'
import { Decision } from '../kit/decision.tsx'
import { Reasons } from '../kit/reasons.tsx'
import { Aside, Mono, Unseen } from '../kit/rows.tsx'
import { State } from '../kit/state.tsx'
import { verdict } from '../kit/verdict.ts'
import { When } from '../kit/when.tsx'
import { count, familyPath, percent, runPath, stand } from '../kit/words.ts'
import { colour, line, tint } from '../theme/theme.ts'
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
  const correct = useCorrect()
  const { category, fingerprint, label } = { ...diagnosis, label: healing.label }
  return (
    <>
      <Verdict>{verdict({ diagnosis, seen: healing.seen })}</Verdict>
      <Aside>
        <Mono>{category}</Mono>
        <span>{again(diagnosis)}</span>
        {diagnosis.tests && <span>{sayTests(diagnosis.tests)}</span>}
        {healing.seen.since && (
          <span>
            first seen <When at={healing.seen.since} />
          </span>
        )}
        {diagnosis.comparedWith && (
          <Anchor to={runPath(diagnosis.comparedWith.run)}>Compared with run {diagnosis.comparedWith.number}</Anchor>
        )}
        <Anchor to={familyPath(fingerprint.family)}>All failures like this</Anchor>
      </Aside>
      {label && (
        <Labelled>
          {cut(label.by, 60)} called failures like this <strong>{sayCategory(label.category)}</strong>{' '}
          <When at={label.at} />
          {label.note && <>: {cut(label.note, 300)}</>}
        </Labelled>
      )}
      <FirstCause excerpts={diagnosis.excerpts} jobId={healing.jobId} />
      <Tools>
        <Why>
          <summary>Why Mendline thinks so</summary>
          <Reasons diagnosis={diagnosis} />
        </Why>
        <Button variant="text" onClick={() => correct({ healing: healing.id, category: label?.category ?? category })}>
          Correct this label
        </Button>
      </Tools>
    </>
  )
}

function again({ transience }: DiagnosisView): string {
  if (transience.verdict === 'unknown') return 'may or may not fail again'
  const verb = transience.verdict === 'deterministic' ? 'fails again' : 'may pass'
  return `${verb} when rerun (${percent(transience.p)})`
}

function sayTests({ run, failed, skipped }: NonNullable<DiagnosisView['tests']>): string {
  const parts = [
    run == null ? '' : `${count(run, 'test')} ran`,
    failed == null ? '' : `${failed} failed`,
    skipped ? `${skipped} skipped` : '',
  ]
  return parts.filter((part) => part !== '').join(', ') || 'tests failed'
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
const Verdict = styled('p')({ margin: '0 0 6px', fontSize: '1rem', lineHeight: 1.5, maxWidth: '44em' })
const Labelled = styled('p')({
  margin: '8px 0 0',
  padding: '6px 10px',
  fontSize: '0.8125rem',
  background: tint('ours'),
  borderRadius: 4,
})
const Tools = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'baseline',
  justifyContent: 'space-between',
  gap: '4px 16px',
  marginTop: 8,
})
const Why = styled('details')({
  flex: '1 1 320px',
  minWidth: 0,
  fontSize: '0.8125rem',
  '& summary': { cursor: 'pointer', minHeight: 24, fontWeight: 600 },
})
