import Typography from '@mui/material/Typography'
import type { AutonomyView } from '../../../src/contract/views.ts'
import { useAutonomy, useSetMode } from '../api/queries.ts'
import { useAsk } from '../kit/asking.tsx'
import { Band } from '../kit/band.tsx'
import { cut } from '../kit/cut.ts'
import { Empty } from '../kit/empty.tsx'
import { Loaded } from '../kit/loaded.tsx'
import { Picker } from '../kit/picker.tsx'
import { Table, TableFrame } from '../kit/rows.tsx'
import { State } from '../kit/state.tsx'
import { modes, remedies } from '../kit/words.ts'
import { softInk } from '../theme/theme.ts'

type Row = AutonomyView['rows'][number]

/** What each remedy may do in each repository, and the record it earned there. */
export function Autonomy() {
  const query = useAutonomy()
  const ask = useAsk()
  const set = useSetMode()
  const choose = ({ repository, remedy, mode: before, ...rest }: Row, mode: Row['mode']) =>
    ask({
      title: `${remedies[remedy].name}: from ${modes[before].word} to ${modes[mode].word}`,
      verb: `Set to ${modes[mode].word}`,
      tone: mode === 'auto' ? 'error' : 'primary',
      act: () => set.mutateAsync({ repository, remedy, mode }),
      children: (
        <>
          <Typography>
            In <strong>{cut(repository, 120)}</strong>, from now on: {modes[mode].consequence}
          </Typography>
          <Typography variant="body2" sx={{ color: softInk }}>
            Its record there: {record(rest)}. Jobs with side effects still need a person, in every mode.
          </Typography>
        </>
      ),
    })
  return (
    <Band name="Autonomy" note="How freely each remedy may act, and its record.">
      <Loaded query={query}>
        {({ rows, unread = [] }) => (
          <>
            {rows.length === 0 && unread.length === 0 && (
              <Empty>Every repository appears here with its remedies after its first failure.</Empty>
            )}
            {rows.length > 0 && <Rows rows={rows} choose={choose} />}
            {unread.map(({ repository, why }) => (
              <Typography key={`${repository} ${why}`} variant="body2" sx={{ mt: 2 }}>
                <State told={{ meaning: 'unknown', word: `Unknown: ${cut(repository, 80)}` }} /> {cut(why, 300)}
              </Typography>
            ))}
          </>
        )}
      </Loaded>
    </Band>
  )
}

function Rows({ rows, choose }: { rows: readonly Row[]; choose: (row: Row, mode: Row['mode']) => void }) {
  return (
    <TableFrame>
      <Table>
        <thead>
          <tr>
            <th scope="col">Repository</th>
            <th scope="col">Remedy</th>
            <th scope="col">Mode</th>
            <th scope="col">Set by</th>
            <th scope="col" className="number">
              Record
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.repository} ${row.remedy}`}>
              <td>{cut(row.repository, 80)}</td>
              <td>{remedies[row.remedy].name}</td>
              <td>
                {row.source === inRepository ? (
                  modes[row.mode].word
                ) : (
                  <Picker
                    label={`Mode of “${remedies[row.remedy].name}” in ${cut(row.repository, 80)}`}
                    options={words}
                    chosen={row.mode}
                    choose={(mode) => choose(row, mode)}
                  />
                )}
              </td>
              <td style={{ color: softInk }}>
                {cut(row.source, 40)}
                {row.source === inRepository && ' in the repository; change it there'}
              </td>
              <td className="number">{record(row)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

/** A repository's own file has the last word: what is chosen here would not hold against it. */
const inRepository = '.mendline.yml'

const words = Object.fromEntries(Object.entries(modes).map(([mode, { word }]) => [mode, word])) as Record<
  Row['mode'],
  string
>

function record({ tried, proven, disproven }: Pick<Row, 'tried' | 'proven' | 'disproven'>): string {
  if (tried === 0) return 'never tried'
  const open = tried - proven - disproven
  return `${proven} of ${tried} held${disproven > 0 ? `, ${disproven} did not` : ''}${open > 0 ? `, ${open} not known yet` : ''}`
}
