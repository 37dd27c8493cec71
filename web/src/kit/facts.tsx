import { styled } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { softInk } from '../theme/theme.ts'

/** Names and values, one pair a line. */
export function Facts({ of }: { of: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <Definitions>
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </Definitions>
  )
}

const Definitions = styled('dl')({
  margin: 0,
  fontSize: '0.8125rem',
  '& > div': { display: 'grid', gridTemplateColumns: '108px minmax(0, 1fr)', gap: 12, padding: '3px 0' },
  '& dt': { color: softInk },
  '& dd': { margin: 0, minWidth: 0 },
})
