import { styled } from '@mui/material/styles'
import type { JobView } from '../../../src/contract/views.ts'
import { cut } from '../kit/cut.ts'
import { Glyph } from '../kit/glyph.tsx'
import { Unseen } from '../kit/rows.tsx'
import { Lasted } from '../kit/when.tsx'
import { ending } from '../kit/words.ts'
import { softInk, tint } from '../theme/theme.ts'

/** The steps of a job in their order; the one that broke is lit. */
export function Steps({ steps }: { steps: JobView['steps'] }) {
  return (
    <List aria-label="Steps">
      {steps.map((step) => {
        const { meaning, word } = ending(step)
        return (
          <li
            key={step.number}
            style={meaning === 'failing' ? { background: tint('failing'), fontWeight: 600 } : undefined}
          >
            <Glyph meaning={meaning} size={12} />
            <Unseen>{word}: </Unseen>
            <span className="name">{cut(step.name, 120)}</span>
            <span className="took">
              <Lasted from={step.startedAt} to={step.completedAt} />
            </span>
          </li>
        )
      })}
    </List>
  )
}

const List = styled('ol')({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  fontSize: '0.8125rem',
  '& li': {
    position: 'relative',
    display: 'flex',
    alignItems: 'baseline',
    gap: 8,
    padding: '4px 6px',
    borderRadius: 4,
  },
  '& .name': { flex: 1, minWidth: 0 },
  '& .took': { color: softInk, fontWeight: 400 },
})
