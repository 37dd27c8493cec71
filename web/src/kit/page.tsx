import { styled } from '@mui/material/styles'
import Typography from '@mui/material/Typography'
import type { ReactNode } from 'react'
import { useTabTitle } from './tab-title.ts'

/** One question per screen: its answer is the heading. */
export function Page({ title, heading, aside, children }: PageProps) {
  useTabTitle(title)
  return (
    <Sheet>
      <Head>
        <Typography
          variant="h1"
          sx={{ maxWidth: '46em', minWidth: 0, '@media (max-width: 600px)': { fontSize: '1.25rem' } }}
        >
          {heading}
        </Typography>
        {aside}
      </Head>
      {children}
    </Sheet>
  )
}

interface PageProps {
  readonly title: string
  readonly heading: ReactNode
  readonly aside?: ReactNode
  readonly children: ReactNode
}

const Sheet = styled('div')({
  maxWidth: 1280,
  margin: '0 auto',
  padding: '28px 24px 64px',
  '@media (max-width: 600px)': { padding: '20px 16px 48px' },
})
const Head = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: '8px 24px',
  alignItems: 'baseline',
  justifyContent: 'space-between',
  marginBottom: 24,
})
