import { styled } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { softInk, tint } from '../theme/theme.ts'
import { Mono } from './rows.tsx'

/** An empty place says what will appear here, and the one command that makes it appear. */
export function Empty({ children, command }: { children: ReactNode; command?: string }) {
  return (
    <Told>
      <span>{children}</span>
      {command && <Command>{command}</Command>}
    </Told>
  )
}

const Told = styled('p')({
  margin: 0,
  color: softInk,
  display: 'flex',
  flexWrap: 'wrap',
  gap: '6px 12px',
  alignItems: 'baseline',
})
const Command = styled(Mono)({ background: tint('unknown'), padding: '2px 8px', borderRadius: 4, userSelect: 'all' })
