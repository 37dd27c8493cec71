import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import type { IncidentView } from '../../../src/contract/views.ts'
import { useResolve } from '../api/queries.ts'
import { useAsk } from './asking.tsx'

/** Closes an incident, with the reason that stays in the log. */
export function Resolve({ incident }: { incident: IncidentView }) {
  const ask = useAsk()
  const resolve = useResolve()
  if (incident.state !== 'open') return null
  const askWhat = () =>
    ask({
      title: 'Resolve the incident',
      verb: 'Resolve',
      asksWhy: 'What was done about it?',
      act: (why) => resolve.mutateAsync({ id: incident.id, why }),
      children: <Typography>{incident.title}</Typography>,
    })
  return (
    <Button aria-label={`Resolve: ${incident.title}`} onClick={askWhat}>
      Resolve
    </Button>
  )
}
