import { styled } from '@mui/material/styles'
import type { HealingView } from '../../../src/contract/views.ts'
import { line, softInk } from '../theme/theme.ts'
import { Anchor } from './anchor.tsx'
import { Approval } from './approval.tsx'
import { cut } from './cut.ts'
import { doseOf } from './permit-sentence.ts'
import { State } from './state.tsx'
import { When } from './when.tsx'
import { healingPath, modes, permits, remedies, stand } from './words.ts'

/** What was decided about a failure, whether it was permitted and why, and what came of it. */
export function Decision({ healing, linked = true }: { healing: HealingView; linked?: boolean }) {
  const { plan, permit, proof } = healing
  return (
    <Stages>
      <Stage name="State">
        <State told={stand(healing)} strong />
        {linked && <div>{cut(healing.sentence)}</div>}
      </Stage>
      {plan && (
        <Stage name="Decided">
          <strong>{remedies[plan.remedy].name}</strong>
          {doseOf(plan) && <>, {doseOf(plan)}</>}
          <div>{cut(plan.why)}</div>
        </Stage>
      )}
      {permit && (
        <Stage name="Permit">
          <State told={permits[permit.state]} /> <Soft>in mode {modes[permit.mode].word.toLowerCase()}</Soft>
          {permit.reasons.map((reason) => (
            <div key={`${reason.code} ${reason.sentence}`} title={reason.code}>
              {cut(reason.sentence)}
            </div>
          ))}
          {permit.decidedAt && (
            <Soft as="div">
              {permit.decidedBy ? `By ${cut(permit.decidedBy, 60)}, ` : ''}
              <When at={permit.decidedAt} />
            </Soft>
          )}
          <div style={{ paddingTop: permit.state === 'asked' ? 8 : 0 }}>
            <Approval permit={permit} plan={plan} />
          </div>
        </Stage>
      )}
      {proof && (
        <Stage name="Proof">
          <State told={proof.held === null && healing.outcome !== null ? nothingToProve : proofs[`${proof.held}`]} />
          <div>{cut(proof.sentence)}</div>
        </Stage>
      )}
      {linked && (
        <Stage name="">
          <Anchor to={healingPath(healing.id)}>Whole record: inputs, receipt, moments</Anchor>
        </Stage>
      )}
    </Stages>
  )
}

const proofs = {
  true: { meaning: 'healthy', word: 'Held' },
  false: { meaning: 'failing', word: 'Did not hold' },
  null: { meaning: 'unknown', word: 'Not known yet' },
} as const
const nothingToProve = { meaning: 'unknown', word: 'Nothing was proven' } as const

function Stage({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const Soft = styled('span')({ color: softInk })
const Stages = styled('dl')({
  margin: 0,
  fontSize: '0.8125rem',
  '& > div': {
    display: 'grid',
    gridTemplateColumns: '68px minmax(0, 1fr)',
    gap: 12,
    padding: '8px 0',
    borderTop: `1px solid ${line}`,
  },
  '& > div:first-of-type': { borderTop: 0, paddingTop: 0 },
  '& dt': { color: softInk },
  '& dd': { margin: 0, minWidth: 0 },
  '& dd > div::first-letter': { textTransform: 'uppercase' },
})
