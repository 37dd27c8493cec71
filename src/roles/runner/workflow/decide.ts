/** How a needed job ended, as `needs.<id>` shows it. */
export interface NeedResult {
  readonly result: 'success' | 'failure' | 'cancelled' | 'skipped'
  readonly outputs: Readonly<Record<string, string>>
}
