import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import { lazy, Suspense, useState } from 'react'
import type { IncidentView } from '../../../src/contract/views.ts'
import { useResolve } from '../api/queries.ts'

const Confirm = lazy(async () => ({ default: (await import('./confirm.tsx')).Confirm }))

/** Closes an incident, with the reason that stays in the log. */
export function Resolve({ incident }: { incident: IncidentView }) {
  const [asking, setAsking] = useState(false)
  const resolve = useResolve()
  if (incident.state !== 'open') return null
  return (
    <div>
      <Button aria-label={`Resolve: ${incident.title}`} onClick={() => setAsking(true)}>
        Resolve
      </Button>
      <Suspense>
        {asking && (
          <Confirm
            title="Resolve the incident"
            verb="Resolve"
            asksWhy="What was done about it?"
            act={(why) => resolve.mutateAsync({ id: incident.id, why })}
            close={() => setAsking(false)}
          >
            <Typography>{incident.title}</Typography>
          </Confirm>
        )}
      </Suspense>
    </div>
  )
}
