/** Money is counted in whole cents; only people see the comma. */
export function sayCents(cents: number): string {
  const euros = Math.trunc(cents / 100)
  return `${euros}.${String(Math.abs(cents) % 100).padStart(2, '0')} EUR`
}

/** A share of an amount, rounded to the cent, halves up. */
export function shareOf(cents: number, percent: number): number {
  return Math.floor((cents * percent) / 100 + 0.5)
}
