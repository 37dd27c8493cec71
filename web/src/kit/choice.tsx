import { styled } from '@mui/material/styles'
import { colour, edge, ink, softInk, tint } from '../theme/theme.ts'

/** One of a few, all in sight. */
export function Choice<Value extends string>({ label, options, chosen, choose, column = false }: ChoiceProps<Value>) {
  return (
    <Group role="group" aria-label={label} data-column={column || undefined}>
      {(Object.entries(options) as [Value, string][]).map(([value, word]) => (
        <button key={value} type="button" aria-pressed={value === chosen} onClick={() => choose(value)}>
          {word}
        </button>
      ))}
    </Group>
  )
}

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly options: Readonly<Record<Value, string>>
  readonly chosen: Value
  readonly choose: (value: Value) => void
  /** One below the other where there is room, as an index stands in a margin. */
  readonly column?: boolean
}

const Group = styled('div')({
  display: 'inline-flex',
  flexWrap: 'wrap',
  gap: 4,
  '@media (min-width: 901px)': {
    '&[data-column]': { flexDirection: 'column', alignItems: 'flex-start', marginLeft: -8 },
  },
  '& button': {
    font: 'inherit',
    fontSize: '0.8125rem',
    color: softInk,
    background: 'none',
    border: `1px solid transparent`,
    borderRadius: 4,
    padding: '2px 8px',
    minHeight: 26,
    cursor: 'pointer',
  },
  '& button:hover': { color: ink },
  '& button[aria-pressed="true"]': { color: ink, fontWeight: 600, borderColor: edge, background: tint('unknown') },
  '& button:focus-visible': { outline: `2px solid ${colour('ours')}`, outlineOffset: 2 },
})
