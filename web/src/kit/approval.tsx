import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import { lazy, Suspense, useState } from 'react'
import type { HealingView, PermitView } from '../../../src/contract/views.ts'
import { useApprove, useRefuse } from '../api/queries.ts'
import { softInk } from '../theme/theme.ts'
import { Facts } from './facts.tsx'
import { consequence } from './permit-sentence.ts'
import { When } from './when.tsx'

const Confirm = lazy(async () => ({ default: (await import('./confirm.tsx')).Confirm }))

/** Yes or no to a permit that waits for a person; what will happen is told before it does. */
export function Approval({ permit, plan }: { permit: PermitView; plan: HealingView['plan'] }) {
  const [asking, setAsking] = useState<'approve' | 'refuse' | null>(null)
  const approve = useApprove()
  const refuse = useRefuse()
  const told = consequence(permit, plan)
  const close = () => setAsking(null)
  if (permit.state !== 'asked') return null
  return (
    <div style={{ display: 'flex', gap: 8 }}>
      <Button
        variant="contained"
        color="primary"
        data-approve=""
        aria-label={`Approve: ${told.title}`}
        onClick={() => setAsking('approve')}
      >
        Approve
      </Button>
      <Button aria-label={`Refuse: ${told.title}`} onClick={() => setAsking('refuse')}>
        Refuse
      </Button>
      <Suspense>
        {asking === 'approve' && (
          <Confirm
            title={told.title}
            verb="Approve, and do it"
            act={() => approve.mutateAsync(permit.id)}
            close={close}
          >
            <Typography>{told.sentence}</Typography>
            <Facts of={told.facts} />
            <Bound permit={permit} />
          </Confirm>
        )}
        {asking === 'refuse' && (
          <Confirm
            title={`Refuse: ${told.title}`}
            verb="Refuse"
            tone="error"
            asksWhy="Why? The reason is kept with the decision."
            act={(why) => refuse.mutateAsync({ id: permit.id, why })}
            close={close}
          >
            <Typography>Nothing will be changed. The failure is handed to people instead.</Typography>
          </Confirm>
        )}
      </Suspense>
    </div>
  )
}

function Bound({ permit }: { permit: PermitView }) {
  return (
    <Typography variant="body2" sx={{ color: softInk }}>
      The approval holds for exactly this state, once. If the run moves on, it is void.
      {permit.expiresAt && (
        <>
          {' '}
          Asked <When at={permit.askedAt} />, it expires at{' '}
          <time dateTime={permit.expiresAt}>{new Date(permit.expiresAt).toLocaleString('en-GB')}</time>.
        </>
      )}
    </Typography>
  )
}
