import { styled } from '@mui/material/styles'
import Typography from '@mui/material/Typography'
import { Mono } from '../kit/rows.tsx'
import { useTabTitle } from '../kit/tab-title.ts'
import { softInk, tint } from '../theme/theme.ts'

/** Shown when the gateway does not know this browser. There is no password to ask for: the terminal has the link. */
export function SignIn() {
  useTabTitle('Sign in')
  return (
    <Sheet>
      <Typography variant="h1">Open the link that the terminal printed</Typography>
      <Typography>
        Mendline on this machine knows its administrator by a link. It stands in the terminal where Mendline was
        started, and looks like this:
      </Typography>
      <Mono style={{ background: tint('unknown'), padding: '8px 12px' }}>{location.origin}/sign-in?token=…</Mono>
      <Typography>
        Not started yet, or the link is gone? In the folder of Mendline, <Mono>npm run up</Mono> (or{' '}
        <Mono>npx mendline up</Mono>) starts it where it stopped and prints the link again.
      </Typography>
      <Typography variant="body2" sx={{ color: softInk }}>
        This page reloads by itself as soon as you have signed in from another tab.
      </Typography>
    </Sheet>
  )
}

const Sheet = styled('main')({
  maxWidth: 620,
  margin: '0 auto',
  padding: '96px 24px',
  display: 'flex',
  flexDirection: 'column',
  gap: 16,
})
