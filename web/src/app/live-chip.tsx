import { styled } from '@mui/material/styles'
import { type Freshness, useFreshness } from '../api/live.tsx'
import { Glyph } from '../kit/glyph.tsx'
import { clock } from '../kit/time.ts'
import { colour } from '../theme/theme.ts'
import type { Meaning } from '../theme/tokens.ts'

/** How fresh the screen is. Nothing pretends to be current that is not. */
export function LiveChip() {
  const freshness = useFreshness()
  const { meaning, words } = tell(freshness)
  return (
    <Chip role="status" data-freshness={freshness.kind} style={{ color: colour(meaning) }}>
      <Glyph meaning={meaning} size={12} />
      {words}
    </Chip>
  )
}

function tell(freshness: Freshness): { meaning: Meaning; words: string } {
  switch (freshness.kind) {
    case 'live':
      return { meaning: 'healthy', words: 'Live' }
    case 'connecting':
      return { meaning: 'unknown', words: 'Connecting' }
    case 'stale':
      return { meaning: 'waiting', words: `Reconnecting, data from ${clock(freshness.since)}` }
    default:
      return freshness satisfies never
  }
}

const Chip = styled('span')({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 6,
  fontSize: '0.8125rem',
  whiteSpace: 'nowrap',
})
