import { styled } from '@mui/material/styles'
import { Link } from 'react-router'
import type { RunView } from '../../../src/contract/views.ts'
import { Anchor, Outward } from '../kit/anchor.tsx'
import { cut } from '../kit/cut.ts'
import { Aside, Mono } from '../kit/rows.tsx'
import { Seam } from '../kit/seam.tsx'
import { State } from '../kit/state.tsx'
import { Lasted, When } from '../kit/when.tsx'
import { ending, short } from '../kit/words.ts'
import { colour, ink, softInk } from '../theme/theme.ts'

/** Whose run it is, of what, when; and its earlier attempts. */
export function RunFacts({ view: { run, attempts, seam } }: { view: RunView }) {
  return (
    <Facts>
      <Aside>
        <span>
          <State told={ending(run)} strong />
        </span>
        <Anchor to={`/runs?${new URLSearchParams({ repository: run.repository, pipeline: run.pipeline })}`}>
          {cut(run.repository, 80)} {cut(run.pipeline, 60)}
        </Anchor>
        <span>#{run.number}</span>
        {run.branch && <span>{cut(run.branch, 60)}</span>}
        <Mono title={run.sha}>{short(run.sha)}</Mono>
        {run.actor && <span>{cut(run.actor, 60)}</span>}
        <When at={run.createdAt} />
        <span>
          took <Lasted from={run.startedAt} to={run.status === 'completed' ? run.updatedAt : null} />
        </span>
        {run.url && <Outward to={run.url}>At {cut(run.vendor, 20)}</Outward>}
      </Aside>
      {run.title && <Title>{cut(run.title)}</Title>}
      <History>
        {seam.length > 0 && <Seam of={seam} />}
        {attempts.length > 1 && <Attempts attempts={attempts} shown={run.attempt} />}
      </History>
    </Facts>
  )
}

function Attempts({ attempts, shown }: { attempts: RunView['attempts']; shown: number }) {
  return (
    <Tries aria-label="Attempts">
      {attempts.map(({ attempt, conclusion }) => (
        <Link key={attempt} to={`?attempt=${attempt}`} aria-current={attempt === shown ? 'page' : undefined}>
          Attempt {attempt}{' '}
          <State told={ending({ status: conclusion === null ? 'in_progress' : 'completed', conclusion })} />
        </Link>
      ))}
    </Tries>
  )
}

const Facts = styled('div')({ display: 'flex', flexDirection: 'column', gap: 8, marginTop: -12, paddingBottom: 20 })
const Title = styled('div')({ color: softInk, fontSize: '0.875rem' })
const History = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: '8px 24px',
  alignItems: 'center',
  '&:empty': { display: 'none' },
})
const Tries = styled('nav')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 16,
  fontSize: '0.8125rem',
  '& a': { color: softInk, textDecoration: 'none', padding: '3px 0', display: 'inline-flex', gap: 6 },
  '& a[aria-current]': { color: ink, fontWeight: 600, boxShadow: `inset 0 -2px ${colour('ours')}` },
})
