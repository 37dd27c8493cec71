import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import { lazy, Suspense, useState } from 'react'
import { useEngageStop, useReleaseStop } from '../api/queries.ts'

const Confirm = lazy(async () => ({ default: (await import('./confirm.tsx')).Confirm }))

/** The stop switch: engaged with a reason, released with a confirmation. */
export function StopControl({ stopped }: { stopped: boolean }) {
  const [asking, setAsking] = useState(false)
  const engage = useEngageStop()
  const release = useReleaseStop()
  const close = () => setAsking(false)
  return (
    <>
      <Button onClick={() => setAsking(true)} color={stopped ? 'info' : 'inherit'}>
        {stopped ? 'Release' : 'Stop'}
      </Button>
      <Suspense>
        {asking && !stopped && (
          <Confirm
            title="Stop all mending"
            verb="Stop"
            tone="error"
            asksWhy="Why? Everybody will see the reason."
            act={(why) => engage.mutateAsync(why)}
            close={close}
          >
            <Typography>
              From now on no remedy acts, in any repository, until somebody releases the switch. Failures are still read
              and written down; approvals already given are held back. What has been sent to a vendor is not taken back.
            </Typography>
          </Confirm>
        )}
        {asking && stopped && (
          <Confirm title="Release the stop switch" verb="Release" act={() => release.mutateAsync(null)} close={close}>
            <Typography>Remedies may act again, each as its repository allows.</Typography>
          </Confirm>
        )}
      </Suspense>
    </>
  )
}
