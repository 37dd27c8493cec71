import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import { useEngageStop, useReleaseStop } from '../api/queries.ts'
import { useAsk } from './asking.tsx'

/** The stop switch: engaged with a reason, released with a confirmation. */
export function StopControl({ stopped }: { stopped: boolean }) {
  const ask = useAsk()
  const engage = useEngageStop()
  const release = useReleaseStop()
  const askRelease = () =>
    ask({
      title: 'Release the stop switch',
      verb: 'Release',
      act: () => release.mutateAsync(null),
      children: <Typography>Remedies may act again, each as its repository allows.</Typography>,
    })
  const askStop = () =>
    ask({
      title: 'Stop all mending',
      verb: 'Stop',
      tone: 'error',
      asksWhy: 'Why? Everybody will see the reason.',
      act: (why) => engage.mutateAsync(why),
      children: (
        <Typography>
          From now on no remedy acts, in any repository, until somebody releases the switch. Failures are still read and
          written down; approvals already given are held back. What has been sent to a vendor is not taken back.
        </Typography>
      ),
    })
  return (
    <Button onClick={stopped ? askRelease : askStop} color={stopped ? 'info' : 'inherit'}>
      {stopped ? 'Release' : 'Stop'}
    </Button>
  )
}
