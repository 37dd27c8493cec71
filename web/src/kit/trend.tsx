import { colour, line } from '../theme/theme.ts'
import { count } from './words.ts'

const width = 6
const height = 22

/** Counts of the last days as small bars, the newest at the right; what happened today stands out. */
export function Trend({ of }: { of: readonly number[] }) {
  const most = Math.max(1, ...of)
  return (
    <svg
      role="img"
      aria-label={inWords(of)}
      width={of.length * width}
      height={height}
      viewBox={`0 0 ${of.length * width} ${height}`}
      style={{ display: 'block', maxWidth: '100%' }}
    >
      <title>{inWords(of)}</title>
      <path d={`M0 ${height - 0.5}h${of.length * width}`} stroke={line} />
      {of.map((n, day) => {
        if (n === 0) return null
        const tall = Math.max(3, Math.round((n / most) * (height - 2)))
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its day.
            key={day}
            x={day * width + 0.5}
            y={height - tall}
            width={width - 1.5}
            height={tall}
            fill={colour(day === of.length - 1 ? 'failing' : 'unknown')}
          />
        )
      })}
    </svg>
  )
}

function inWords(of: readonly number[]): string {
  const total = of.reduce((sum, n) => sum + n, 0)
  if (total === 0) return `None in the last ${of.length} days`
  return `${count(total, 'failure')} in the last ${of.length} days, ${of.at(-1) ?? 0} of them in the last one`
}
