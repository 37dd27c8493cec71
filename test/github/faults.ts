/** What may go wrong, on command. `after` means: the effect happened, the answer did not arrive. */
export type Fault =
  | {
      readonly kind: 'status'
      readonly status: number
      readonly message?: string
      readonly headers?: Readonly<Record<string, string>>
    }
  | { readonly kind: 'status-after'; readonly status: number }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'drop' }
  | { readonly kind: 'drop-after' }
  /** Half of the body, then the connection ends. */
  | { readonly kind: 'cut' }
  /** Half of the body, as if it were the whole. */
  | { readonly kind: 'half' }
  | { readonly kind: 'garbage' }

export interface FaultRule {
  /** Name of the route, see `api.ts`, or `link` for the host of the logs. */
  readonly route: string
  readonly fault: Fault
  /** How often; once unless told. */
  readonly times?: number
}

export interface Faults {
  add(rule: FaultRule): void
  clear(): void
  /** The fault that this call meets, used up by it. */
  take(route: string): Fault | undefined
}

export function createFaults(): Faults {
  let rules: { route: string; fault: Fault; left: number }[] = []
  return {
    add: ({ route, fault, times = 1 }) => void rules.push({ route, fault, left: times }),
    clear: () => {
      rules = []
    },
    take(route) {
      const rule = rules.find((candidate) => candidate.route === route && candidate.left > 0)
      if (rule) rule.left -= 1
      return rule?.fault
    },
  }
}
