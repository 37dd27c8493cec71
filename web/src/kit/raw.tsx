import { styled } from '@mui/material/styles'
import { line, sheet } from '../theme/theme.ts'
import { faces } from '../theme/tokens.ts'
import { cut } from './cut.ts'

/** A value as it was stored, for whoever wants to decide again from the same inputs. */
export function Raw({ value, label }: { value: unknown; label: string }) {
  return (
    <Sheet tabIndex={0} role="region" aria-label={label}>
      {cut(JSON.stringify(value, null, 2) ?? 'nothing', 20_000)}
    </Sheet>
  )
}

const Sheet = styled('pre')({
  margin: 0,
  padding: '8px 12px',
  maxHeight: 360,
  overflow: 'auto',
  fontFamily: faces.mono,
  fontSize: '0.75rem',
  lineHeight: 1.5,
  whiteSpace: 'pre-wrap',
  border: `1px solid ${line}`,
  borderRadius: 4,
  background: sheet,
})
