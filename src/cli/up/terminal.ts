import { styleText } from 'node:util'
import type { Line } from './narrator.ts'

const colours = {
  healthy: 'green',
  failing: 'red',
  mending: 'magenta',
  waiting: 'yellow',
  held: 'blue',
  soft: 'gray',
} as const satisfies Record<Line['tone'], string>

/** One line of the story: seconds since the start, chapter, stitch, text. Colour only on a terminal that wants it. */
export function storyLine(sinceMs: number, chapter: number | undefined, { stitch, tone, text }: Line): string {
  const seconds = (sinceMs / 1_000).toFixed(1).padStart(6)
  // `styleText` looks at the stream, NO_COLOR and FORCE_COLOR.
  const styled = (colour: (typeof colours)[Line['tone']], shown: string) =>
    styleText(colour, shown, { stream: process.stdout })
  return `${styled('gray', `${seconds} s`)}  ${chapter ?? ' '} ${styled(colours[tone], stitch)} ${tone === 'soft' ? styled('gray', text) : text}`
}
