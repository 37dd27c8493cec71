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

/** Where the text of a line begins. */
const indent = 14

/** A line of the story: seconds since the start, chapter, stitch, text. Colour only on a terminal that wants it. */
export function storyLine(sinceMs: number, chapter: number | undefined, line: Line): string {
  const { stitch, tone, text, command } = line
  const seconds = (sinceMs / 1_000).toFixed(1).padStart(6)
  // `styleText` looks at the stream, NO_COLOR and FORCE_COLOR.
  const styled = (colour: (typeof colours)[Line['tone']], shown: string) =>
    styleText(colour, shown, { stream: process.stdout })
  const said = wrap(text, indent, columns()).map((part) => (tone === 'soft' ? styled('gray', part) : part))
  // A command is copied: it stands on a line of its own, however long.
  const next = process.stdout.isTTY ? `\n${' '.repeat(indent)}` : ' '
  const shown = [...said, ...(command === undefined ? [] : [command])].join(next)
  return `${styled('gray', `${seconds} s`)}  ${chapter ?? ' '} ${styled(colours[tone], stitch)} ${shown}`
}

/** The width to keep to: where nobody looks on, a line stays a line for the programs that read it. */
export function columns(): number {
  return process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY
}

/** Text in parts that fit beside an indentation, broken between words; what does not fit on any line is cut into pieces. */
export function wrap(text: string, indentation: number, width: number): readonly string[] {
  const room = Math.max(width - indentation, 20)
  const parts: string[] = []
  let part = ''
  for (const word of text.split(' ')) {
    if (part !== '' && part.length + 1 + word.length <= room) part += ` ${word}`
    else {
      if (part !== '') parts.push(part)
      part = word
    }
    for (; part.length > room; part = part.slice(room)) parts.push(part.slice(0, room))
  }
  return [...parts, part]
}
