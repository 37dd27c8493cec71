import { useClock } from './clock.ts'
import { ago, between, exactly } from './time.ts'

/** A moment: relative to read, exact on hover. */
export function When({ at }: { at: string }) {
  const now = useClock()
  return (
    <time dateTime={at} title={exactly(at)} style={{ whiteSpace: 'nowrap' }}>
      {ago(Date.parse(at), now)}
    </time>
  )
}

/** How long something took, or has taken so far. */
export function Lasted({ from, to }: { from: string | null; to: string | null }) {
  const now = useClock()
  return <span style={{ whiteSpace: 'nowrap' }}>{between(from, to, now) ?? '–'}</span>
}
