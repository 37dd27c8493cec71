import { useState } from 'react'

interface Placed {
  readonly position: number
}

/**
 * A list that grows at the top waits while somebody points at it or is in it, so that no row jumps from under them.
 * `fresh` is how many wait; `release` shows them.
 */
export function useHeld<Item extends Placed>(items: readonly Item[]) {
  const [ceiling, setCeiling] = useState<number | null>(null)
  const newest = items[0]?.position ?? 0
  const { shown, fresh } = hold(items, ceiling)
  return {
    shown,
    fresh,
    release: () => setCeiling((held) => (held === null ? null : newest)),
    holding: {
      onPointerEnter: () => setCeiling((held) => held ?? newest),
      onPointerLeave: () => setCeiling(null),
      onFocus: () => setCeiling((held) => held ?? newest),
      onBlur: () => setCeiling(null),
    },
  }
}

export function hold<Item extends Placed>(items: readonly Item[], ceiling: number | null) {
  if (ceiling === null) return { shown: items, fresh: 0 }
  const shown = items.filter(({ position }) => position <= ceiling)
  return { shown, fresh: items.length - shown.length }
}
