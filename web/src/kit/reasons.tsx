import { styled } from '@mui/material/styles'
import type { DiagnosisView } from '../../../src/contract/views.ts'
import { colour, softInk, tint } from '../theme/theme.ts'
import { sayCategory } from './categories.ts'
import { cut } from './cut.ts'
import { Mono } from './rows.tsx'
import { distinct, percent } from './words.ts'

type Reasoned = Pick<DiagnosisView, 'categories' | 'evidence'> & {
  readonly transience?: Pick<DiagnosisView['transience'], 'why'>
}

/** Why a cause was named: what was seen, and how the belief is divided. */
export function Reasons({ diagnosis: { evidence, transience, categories } }: { diagnosis: Reasoned }) {
  return (
    <>
      <List>
        {distinct(evidence).map((words) => (
          <li key={words}>{cut(words)}</li>
        ))}
        {transience?.why && <li>{cut(transience.why)}</li>}
      </List>
      {categories.length > 1 && (
        <Belief aria-label="How the belief is divided">
          {categories.slice(0, 5).map(({ category, p }) => (
            <li key={category}>
              <Mono>{category}</Mono>
              <i aria-hidden="true">
                <b style={{ width: `${Math.max(1, Math.round(p * 100))}%` }} />
              </i>
              <span>{percent(p)}</span>
              <em>{sayCategory(category)}</em>
            </li>
          ))}
        </Belief>
      )}
    </>
  )
}

const List = styled('ul')({
  margin: '4px 0 0',
  paddingLeft: 18,
  fontSize: '0.8125rem',
  overflowWrap: 'anywhere',
  '& li': { padding: '2px 0' },
  '& li::first-letter': { textTransform: 'uppercase' },
})
const Belief = styled('ul')({
  listStyle: 'none',
  margin: '8px 0 0',
  padding: 0,
  fontSize: '0.8125rem',
  '& li': {
    display: 'grid',
    gridTemplateColumns: 'minmax(90px, 130px) 80px 40px minmax(0, 1fr)',
    gap: 8,
    alignItems: 'center',
    padding: '2px 0',
  },
  '& i': { height: 6, background: tint('unknown'), borderRadius: 3, overflow: 'hidden' },
  '& b': { display: 'block', height: '100%', background: colour('ours') },
  '& span': { textAlign: 'right' },
  '& em': { color: softInk, fontStyle: 'normal' },
})
