import { styled } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { safeLink } from '../api/harmless.ts'
import { colour, ink } from '../theme/theme.ts'

/** A way to another page of ours. `row` makes it a stop for j and k. */
export function Anchor({ to, row = false, quiet = false, children }: AnchorProps) {
  return (
    <Way to={to} data-row={row ? '' : undefined} style={quiet ? { color: ink } : undefined}>
      {children}
    </Way>
  )
}

interface AnchorProps {
  readonly to: string
  readonly row?: boolean
  readonly quiet?: boolean
  readonly children: ReactNode
}

/** A way out of the house, if the address is one that may be followed. */
export function Outward({ to, children }: { to: string | null; children: ReactNode }) {
  const href = safeLink(to)
  if (href === null) return null
  return (
    <Away href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </Away>
  )
}

const look = {
  color: colour('ours'),
  textDecoration: 'none',
  textUnderlineOffset: 3,
  '&:hover, p &': { textDecoration: 'underline' },
} as const
const Way = styled(Link)(look)
const Away = styled('a')(look)
