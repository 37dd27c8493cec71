import { styled } from '@mui/material/styles'
import type { ModelRecord } from '../../../src/contract/learning.ts'
import { TableFrame, Unseen } from '../kit/rows.tsx'
import { colour, line, softInk } from '../theme/theme.ts'

type Matrix = NonNullable<ModelRecord['confusion']>

/** How often each truth was called what. Shades are shares of the row, so that rare causes are seen too. */
export function Confusion({ of: { labels, counts }, label }: { of: Matrix; label: string }) {
  const used = labels.map((name, at) => ({ name, at, row: counts[at] ?? [] })).filter(({ row }) => sum(row) > 0)
  const columns = labels
    .map((name, at) => ({ name, at }))
    .filter(({ at }) => counts.some((row) => (row[at] ?? 0) > 0) || used.some((each) => each.at === at))
  return (
    <TableFrame tabIndex={0} role="region" aria-label={label}>
      <Grid>
        <Unseen as="caption">{label}</Unseen>
        <thead>
          <tr>
            <th scope="col">true cause</th>
            {columns.map(({ name }) => (
              <th key={name} scope="col" className="called">
                <span>{say(name)}</span>
              </th>
            ))}
            <th scope="col">right</th>
          </tr>
        </thead>
        <tbody>
          {used.map(({ name, at, row }) => (
            <tr key={name}>
              <th scope="row">{say(name)}</th>
              {columns.map((column) => (
                <Cell key={column.name} n={row[column.at] ?? 0} of={sum(row)} right={column.at === at} />
              ))}
              <td>{Math.round(((row[at] ?? 0) / sum(row)) * 100)} %</td>
            </tr>
          ))}
        </tbody>
      </Grid>
    </TableFrame>
  )
}

function Cell({ n, of, right }: { n: number; of: number; right: boolean }) {
  if (n === 0) return <td aria-hidden="true" />
  const shade = Math.round(10 + 45 * (n / of))
  const ground = `color-mix(in srgb, ${colour(right ? 'healthy' : 'failing')} ${shade}%, transparent)`
  return (
    <td style={{ background: ground }} title={`${n} of ${of}`}>
      {Number.isInteger(n) ? n : n.toFixed(1)}
    </td>
  )
}

const say = (name: string) => name.replaceAll('_', ' ')
const sum = (row: readonly number[]) => row.reduce((total, n) => total + n, 0)

const Grid = styled('table')({
  borderCollapse: 'collapse',
  fontSize: '0.75rem',
  '& th': { fontWeight: 400, color: softInk, textAlign: 'left', padding: '2px 8px 2px 0', whiteSpace: 'nowrap' },
  '& thead th': { verticalAlign: 'bottom', paddingBottom: 6, height: 110 },
  '& th.called': { padding: '0 0 6px', textAlign: 'center' },
  '& th.called span': { display: 'inline-block', writingMode: 'vertical-rl', transform: 'rotate(180deg)' },
  '& td': { minWidth: 30, height: 26, textAlign: 'center', border: `1px solid ${line}`, padding: '0 4px' },
})
