import { colour } from '../theme/theme.ts'
import type { Meaning } from '../theme/tokens.ts'

const paths: Record<Meaning, string> = {
  ours: 'M3 8h10M9.5 4.5L13 8l-3.5 3.5',
  healthy: 'M2.75 8.5l3.5 3.5l7-7.5',
  failing: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  // A needle with its thread.
  mending: 'M2.5 13.5L13 3M13 3a1.6 1.6 0 1 0-2.3 2.3M2.5 13.5c3 .5 6-.5 7.5-2.5s3-1 3.5.5',
  // A hand.
  waiting:
    'M4.5 9V4.9a1 1 0 0 1 2 0V7.5M6.5 7V3.2a1 1 0 0 1 2 0V7M8.5 7V3.9a1 1 0 0 1 2 0V7.5M10.5 7.5V5.9a1 1 0 0 1 2 0V10c0 2.5-1.6 4.2-4 4.2c-2 0-3-.9-3.9-2.5L3 9.1c-.5-1 .9-1.7 1.5-.8',
  held: 'M5.5 3v10M10.5 3v10',
  unknown: 'M8 3.25a4.75 4.75 0 1 0 0 9.5a4.75 4.75 0 1 0 0-9.5',
}

/** The sign of a meaning. It always stands beside its word, so it says nothing to a screen reader. */
export function Glyph({ meaning, size = 14 }: { meaning: Meaning; size?: number }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
      fill="none"
      stroke={colour(meaning)}
      strokeWidth={meaning === 'waiting' || meaning === 'mending' ? 1.3 : 2}
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none' }}
    >
      <path d={paths[meaning]} />
    </svg>
  )
}
