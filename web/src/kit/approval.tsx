import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import type { HealingView, PermitView } from '../../../src/contract/views.ts'
import { useApprove, useRefuse } from '../api/queries.ts'
import { softInk } from '../theme/theme.ts'
import { useAsk } from './asking.tsx'
import { Facts } from './facts.tsx'
import { consequence } from './permit-sentence.ts'
import { When } from './when.tsx'

/** Yes or no to a permit that waits for a person; what will happen is told before it does. */
export function Approval({ permit, plan }: { permit: PermitView; plan: HealingView['plan'] }) {
  const ask = useAsk()
  const approve = useApprove()
  const refuse = useRefuse()
  const told = consequence(permit, plan)
  if (permit.state !== 'asked') return null

  const askApproval = () =>
    ask({
      title: told.title,
      verb: 'Approve, and do it',
      act: () => approve.mutateAsync(permit.id),
      children: (
        <>
          <Typography>{told.sentence}</Typography>
          <Facts of={told.facts} />
          <Bound permit={permit} />
        </>
      ),
    })
  const askRefusal = () =>
    ask({
      title: `Refuse: ${told.title}`,
      verb: 'Refuse',
      tone: 'error',
      asksWhy: 'Why? The reason is kept with the decision.',
      act: (why) => refuse.mutateAsync({ id: permit.id, why }),
      children: <Typography>Nothing will be changed. The failure is handed to people instead.</Typography>,
    })

  return (
    <div style={{ display: 'flex', gap: 8 }}>
      <Button
        variant="contained"
        color="primary"
        data-approve=""
        aria-label={`Approve: ${told.title}`}
        onClick={askApproval}
      >
        Approve
      </Button>
      <Button aria-label={`Refuse: ${told.title}`} onClick={askRefusal}>
        Refuse
      </Button>
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
