import { styled } from '@mui/material/styles'
import { colour } from '../theme/theme.ts'
import { Glyph } from './glyph.tsx'
import type { Told } from './words.ts'

/** A state as glyph, word and colour together. */
export function State({ told, strong = false }: { told: Told; strong?: boolean }) {
  return (
    <Line style={{ color: colour(told.meaning), fontWeight: strong ? 600 : 400 }}>
      <Glyph meaning={told.meaning} />
      <span>{told.word}</span>
    </Line>
  )
}

const Line = styled('span')({
  display: 'inline-flex',
  alignItems: 'baseline',
  gap: 6,
  whiteSpace: 'nowrap',
  '& > svg': { transform: 'translateY(2px)' },
})
