/** A text short enough for one place on a screen; what is left out is counted, never silently lost. */
export function cut(text: string, most = 280): string {
  const letters = [...text.slice(0, most + 200)]
  if (letters.length <= most) return text
  return `${letters.slice(0, most).join('')}… (${(text.length - most).toLocaleString('en-GB')} more)`
}
