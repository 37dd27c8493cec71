/** One line of the table: what was measured, beside a simple baseline and what is to be reached. */
export interface Figure {
  readonly what: string
  /** With its 95 % interval where there is one. */
  readonly measured: string
  readonly baseline: string
  readonly reach: string
  readonly reached: boolean
}

/** `0.471 [0.43, 0.51]` */
export function withInterval(value: number, interval: readonly [number, number], digits = 3): string {
  return `${value.toFixed(digits)} [${interval.map((end) => end.toFixed(digits)).join(', ')}]`
}

export function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`
}
