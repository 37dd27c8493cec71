import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import { styled } from '@mui/material/styles'
import Typography from '@mui/material/Typography'
import { edge, line } from '../theme/theme.ts'
import { faces } from '../theme/tokens.ts'
import { shortcuts } from './shortcuts.ts'

/** The list of single keys, and the switch that turns them off. */
export function Help({ enabled, setEnabled, close }: HelpProps) {
  return (
    <Dialog open onClose={close} aria-labelledby="help-title" maxWidth="xs">
      <Body>
        <Typography id="help-title" variant="h2">
          Keyboard
        </Typography>
        <table>
          <tbody>
            {shortcuts.map(({ keys, says }) => (
              <tr key={keys}>
                <th scope="row">
                  {keys.split(' ').map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </th>
                <td>{says}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <label>
          <input type="checkbox" checked={enabled} onChange={(event) => setEnabled(event.target.checked)} /> Single keys
          are on
        </label>
        <Button onClick={close} sx={{ alignSelf: 'flex-end' }}>
          Close
        </Button>
      </Body>
    </Dialog>
  )
}

interface HelpProps {
  readonly enabled: boolean
  readonly setEnabled: (on: boolean) => void
  readonly close: () => void
}

const Body = styled('div')({
  padding: 24,
  display: 'flex',
  flexDirection: 'column',
  gap: 16,
  fontSize: '0.875rem',
  '& table': { borderCollapse: 'collapse', width: '100%' },
  '& th': { textAlign: 'left', width: 88, fontWeight: 400 },
  '& th, & td': { padding: '5px 0', borderTop: `1px solid ${line}` },
  '& kbd': {
    fontFamily: faces.mono,
    fontSize: '0.75rem',
    border: `1px solid ${edge}`,
    borderRadius: 4,
    padding: '1px 6px',
    marginRight: 4,
  },
  '& label': { display: 'flex', gap: 8, alignItems: 'center', minHeight: 24 },
  '& input': { width: 16, height: 16 },
})
