import type { Stitch } from '../../../src/contract/views.ts'
import { colour } from '../theme/theme.ts'
import { inWords, stitches } from './stitches.ts'

const pitch = 12

/** A history as a row of stitches, newest at the right; what does not fit drops off at the left. */
export function Seam({ of, most = 20 }: { of: readonly Stitch[]; most?: number }) {
  const shown = of.slice(-most)
  return (
    <svg
      role="img"
      aria-label={inWords(shown)}
      width={Math.max(shown.length, 1) * pitch}
      height={pitch}
      viewBox={`0 0 ${Math.max(shown.length, 1) * pitch} ${pitch}`}
      fill="none"
      strokeWidth={1.8}
      strokeLinecap="round"
      style={{ display: 'inline-block', verticalAlign: '-1px', maxWidth: '100%' }}
    >
      <title>{inWords(shown)}</title>
      {shown.map((stitch, at) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: a stitch is its place.
          key={at}
          transform={`translate(${at * pitch} 0)`}
          d={stitches[stitch].path}
          stroke={colour(stitches[stitch].meaning)}
        />
      ))}
    </svg>
  )
}
