import { styled } from '@mui/material/styles'
import Typography from '@mui/material/Typography'
import { type ReactNode, useId } from 'react'
import { line, softInk } from '../theme/theme.ts'
import type { Meaning } from '../theme/tokens.ts'
import { Glyph } from './glyph.tsx'

/** A part of a page as a newspaper sets it: its name in the margin, its rows between hairlines. */
export function Band({ name, meaning, count, note, children }: BandProps) {
  const id = useId()
  return (
    <Section aria-labelledby={id}>
      <Margin>
        <Name>
          {meaning && <Glyph meaning={meaning} size={16} />}
          <Typography id={id} variant="h3" component="h2">
            {name}
          </Typography>
          {count !== undefined && <span style={{ color: softInk }}>{count}</span>}
        </Name>
        {note && (
          <Typography variant="body2" sx={{ color: softInk, mt: 1 }}>
            {note}
          </Typography>
        )}
      </Margin>
      <div style={{ minWidth: 0 }}>{children}</div>
    </Section>
  )
}

interface BandProps {
  readonly name: string
  readonly meaning?: Meaning
  readonly count?: number | string
  readonly note?: ReactNode
  readonly children: ReactNode
}

const Section = styled('section')({
  display: 'grid',
  gridTemplateColumns: '192px minmax(0, 1fr)',
  gap: '4px 24px',
  borderTop: `1px solid ${line}`,
  padding: '16px 0 28px',
  '@media (max-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr)', gap: 12 },
})
const Margin = styled('div')({ paddingTop: 2 })
const Name = styled('div')({ display: 'flex', alignItems: 'center', gap: 8 })
