import { styled } from '@mui/material/styles'
import type { HealingView } from '../../../src/contract/views.ts'
import { Anchor } from '../kit/anchor.tsx'
import { cut } from '../kit/cut.ts'
import { Aside } from '../kit/rows.tsx'
import { State } from '../kit/state.tsx'
import { Lasted } from '../kit/when.tsx'
import { remedies, runPath, stand } from '../kit/words.ts'

/** A failure on its way: where the flow is, and in its own words what it is about. */
export function MendingRow({ healing }: { healing: HealingView }) {
  const { run, job, plan } = healing
  return (
    <Row>
      <State told={stand(healing)} />
      <div style={{ minWidth: 0 }}>
        <Anchor row quiet to={runPath(run.id)}>
          {cut(healing.sentence)}
        </Anchor>
        <Aside>
          {plan && <span>{remedies[plan.remedy].name}</span>}
          <span>{run.repository}</span>
          <span>
            {cut(run.pipeline, 60)} #{run.number}
            {job ? `, job ${cut(job, 60)}` : ''}
          </span>
          <span>
            for <Lasted from={healing.startedAt} to={healing.finishedAt} />
          </span>
        </Aside>
      </div>
    </Row>
  )
}

const Row = styled('li')({
  display: 'grid',
  gridTemplateColumns: '172px minmax(0, 1fr)',
  alignItems: 'baseline',
  gap: '4px 12px',
  fontSize: '0.875rem',
  '@media (max-width: 600px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
})
