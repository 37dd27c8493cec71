import { styled } from '@mui/material/styles'
import type { StopView } from '../../../src/contract/views.ts'
import { cut } from '../kit/cut.ts'
import { Glyph } from '../kit/glyph.tsx'
import { StopControl } from '../kit/stop-control.tsx'
import { When } from '../kit/when.tsx'
import { colour, tint } from '../theme/theme.ts'

/** On every page while the stop switch is engaged: nobody shall wonder why nothing is mended. */
export function StopBanner({ stop }: { stop: StopView }) {
  if (!stop.stopped) return null
  return (
    <Banner role="status">
      <Glyph meaning="held" size={16} />
      <span style={{ flex: 1, minWidth: 0 }}>
        <strong style={{ color: colour('held') }}>Stopped.</strong> Mendline changes nothing until it is released.
        {stop.why && <> Reason: {cut(stop.why, 200)}.</>}
        {stop.by && <> By {cut(stop.by, 60)}</>}
        {stop.since && (
          <>
            , <When at={stop.since} />
          </>
        )}
      </span>
      <StopControl stopped />
    </Banner>
  )
}

const Banner = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '8px 12px',
  padding: '8px max(24px, calc((100% - 1232px) / 2))',
  fontSize: '0.875rem',
  background: tint('held'),
  borderBottom: `1px solid ${colour('held')}`,
  '@media (max-width: 600px)': { padding: '8px 16px' },
})
