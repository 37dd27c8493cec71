import { styled } from '@mui/material/styles'
import type { NeedView } from '../../../src/contract/views.ts'
import { Anchor } from '../kit/anchor.tsx'
import { Approval } from '../kit/approval.tsx'
import { cut } from '../kit/cut.ts'
import { Glyph } from '../kit/glyph.tsx'
import { Resolve } from '../kit/resolve.tsx'
import { Aside, Mono } from '../kit/rows.tsx'
import { When } from '../kit/when.tsx'
import { count, distinct, healingPath, list, remedies, runPath, short } from '../kit/words.ts'
import type { Meaning } from '../theme/tokens.ts'

/** One thing that waits for a person, with what they can do about it right beside it. */
export function NeedRow({ need }: { need: NeedView }) {
  return (
    <Row data-need={need.kind}>
      <Sign>
        <Glyph meaning={signs[need.kind]} size={16} />
      </Sign>
      <div style={{ minWidth: 0 }}>
        <Sentence>
          <Anchor row quiet to={placeOf(need)}>
            {cut(need.sentence)}
          </Anchor>
        </Sentence>
        <Details need={need} />
      </div>
      <Acts need={need} />
    </Row>
  )
}

const signs: Record<NeedView['kind'], Meaning> = { approval: 'waiting', incident: 'held', failure: 'failing' }

export function keyOf(need: NeedView): string {
  switch (need.kind) {
    case 'approval':
      return need.permit.id
    case 'incident':
      return need.incident.id
    case 'failure':
      return need.healing.id
    default:
      return need satisfies never
  }
}

function placeOf(need: NeedView): string {
  switch (need.kind) {
    case 'approval':
      return need.healing ? runPath(need.healing.run.id) : runPath(need.permit.bound.runId)
    case 'incident':
      if (need.incident.runId) return runPath(need.incident.runId)
      return need.incident.healing ? healingPath(need.incident.healing) : '/healing'
    case 'failure':
      return runPath(need.healing.run.id)
    default:
      return need satisfies never
  }
}

function Details({ need }: { need: NeedView }) {
  switch (need.kind) {
    case 'approval': {
      const { bound, remedy, reasons } = need.permit
      return (
        <>
          {reasons.map((reason) => (
            <Reason key={`${reason.code} ${reason.sentence}`}>{cut(reason.sentence)}</Reason>
          ))}
          <Aside>
            <span>Approval</span>
            <span>{remedies[remedy].name}</span>
            <span>{bound.repository}</span>
            <span>
              {bound.pipeline}, attempt {bound.attempt}
            </span>
            <span>
              {count(bound.jobs.length, 'job')}: {cut(list(bound.jobs), 120)}
            </span>
            <Mono title={bound.sha}>{short(bound.sha)}</Mono>
            <When at={need.since} />
          </Aside>
        </>
      )
    }
    case 'incident':
      return (
        <>
          {distinct(need.incident.evidence)
            .slice(0, 2)
            .map((words) => (
              <Reason key={words}>{cut(words)}</Reason>
            ))}
          <Aside>
            <span>Incident, severity {need.incident.severity}</span>
            <When at={need.since} />
          </Aside>
        </>
      )
    case 'failure': {
      const { run, job, diagnosis, seen } = need.healing
      return (
        <>
          {diagnosis?.location && (
            <Mono>
              {cut(diagnosis.location.file, 160)}:{diagnosis.location.line}
            </Mono>
          )}
          <Aside>
            <span>Failure{run.actor ? ` told to ${cut(run.actor, 40)}` : ''}</span>
            <span>{run.repository}</span>
            <span>
              {cut(run.pipeline, 60)} #{run.number}
              {job ? `, job ${cut(job, 60)}` : ''}
            </span>
            {run.branch && <span>{cut(run.branch, 60)}</span>}
            {seen.times > 1 && <span>seen {count(seen.times, 'time')}</span>}
            <When at={need.since} />
          </Aside>
        </>
      )
    }
    default:
      return need satisfies never
  }
}

function Acts({ need }: { need: NeedView }) {
  if (need.kind === 'approval') return <Approval permit={need.permit} plan={need.healing?.plan ?? null} />
  if (need.kind === 'incident') return <Resolve incident={need.incident} />
  return null
}

const Row = styled('li')({
  display: 'grid',
  gridTemplateColumns: '20px minmax(0, 1fr) auto',
  gap: '4px 12px',
  alignItems: 'start',
  '@media (max-width: 600px)': {
    gridTemplateColumns: '20px minmax(0, 1fr)',
    '& > div:nth-of-type(2)': { gridColumn: 2, marginTop: 8 },
  },
})
const Sign = styled('span')({ display: 'flex', paddingTop: 3 })
const Sentence = styled('div')({ fontWeight: 600, fontSize: '0.875rem' })
const Reason = styled('div')({ fontSize: '0.8125rem' })
