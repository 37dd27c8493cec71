import Typography from '@mui/material/Typography'
import { useStop } from '../api/queries.ts'
import { Band } from '../kit/band.tsx'
import { Page } from '../kit/page.tsx'
import { State } from '../kit/state.tsx'
import { StopControl } from '../kit/stop-control.tsx'
import { When } from '../kit/when.tsx'
import { Autonomy } from './autonomy.tsx'
import { Ledger } from './ledger.tsx'
import { Stuck } from './stuck.tsx'

/** Is automation earning its trust? */
export function HealingPage() {
  return (
    <Page title="Healing" heading="Every decision, with its permit and its proof">
      <Ledger />
      <Autonomy />
      <Stuck />
      <StopSwitch />
    </Page>
  )
}

function StopSwitch() {
  const stop = useStop().data
  if (!stop) return null
  return (
    <Band name="Stop switch" meaning="held">
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 16, alignItems: 'center' }}>
        <State
          told={stop.stopped ? { meaning: 'held', word: 'Engaged' } : { meaning: 'healthy', word: 'Released' }}
          strong
        />
        <Typography variant="body2" sx={{ flex: 1, minWidth: 220 }}>
          {stop.stopped
            ? 'No remedy acts in any repository.'
            : 'Remedies act as each repository allows. It works without the database too: npx mendline stop'}
          {stop.since && (
            <>
              {' '}
              Since <When at={stop.since} />.
            </>
          )}
        </Typography>
        <StopControl stopped={stop.stopped} />
      </div>
    </Band>
  )
}
