/** A line in the form in which logs are stored: UTC time with seven decimals, one blank, the text. */
export function logLine(text: string, at: Date): string {
  return `${at.toISOString().slice(0, -1)}0000Z ${text}`
}
