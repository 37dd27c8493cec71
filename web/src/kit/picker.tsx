import { styled } from '@mui/material/styles'
import { colour, edge, ink, paper } from '../theme/theme.ts'

/** One of many, by the browser's own list, which every keyboard and screen reader knows. */
export function Picker<Value extends string>({ label, options, chosen, choose }: PickerProps<Value>) {
  return (
    <Select aria-label={label} value={chosen} onChange={(event) => choose(event.target.value as Value)}>
      {(Object.entries(options) as [Value, string][]).map(([value, word]) => (
        <option key={value} value={value}>
          {word}
        </option>
      ))}
    </Select>
  )
}

interface PickerProps<Value extends string> {
  readonly label: string
  readonly options: Readonly<Record<Value, string>>
  readonly chosen: Value
  readonly choose: (value: Value) => void
}

const Select = styled('select')({
  font: 'inherit',
  fontSize: '0.8125rem',
  minHeight: 26,
  maxWidth: '100%',
  padding: '1px 4px',
  color: ink,
  background: paper,
  border: `1px solid ${edge}`,
  borderRadius: 4,
  '&:focus-visible': { outline: `2px solid ${colour('ours')}`, outlineOffset: 2 },
})
