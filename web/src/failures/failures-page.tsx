import { useSearchParams } from 'react-router'
import type { FamilyRow } from '../../../src/contract/learning.ts'
import { useFamilies } from '../api/queries.ts'
import { Anchor } from '../kit/anchor.tsx'
import { sayCategory } from '../kit/categories.ts'
import { Choice } from '../kit/choice.tsx'
import { cut } from '../kit/cut.ts'
import { Empty } from '../kit/empty.tsx'
import { Page } from '../kit/page.tsx'
import { Paged } from '../kit/paged.tsx'
import { Mono, Table, TableFrame } from '../kit/rows.tsx'
import { State } from '../kit/state.tsx'
import { Trend } from '../kit/trend.tsx'
import { When } from '../kit/when.tsx'
import { count, familyPath } from '../kit/words.ts'
import { softInk } from '../theme/theme.ts'
import { states } from './state.ts'

const choices = { all: 'All', spreading: 'Spreading', new: 'New', recurring: 'Recurring' }

/** Which failures are one failure: what goes around, what is new, what keeps coming back. */
export function FailuresPage() {
  const [words, setWords] = useSearchParams()
  const state = words.get('state')
  const query = useFamilies(state)
  const families = query.data?.pages.flatMap((page) => page.families) ?? []
  return (
    <Page
      title="Failures"
      heading={headline(families, state)}
      aside={
        <Choice
          label="State"
          options={choices}
          chosen={state === null || !(state in choices) ? 'all' : (state as keyof typeof choices)}
          choose={(next) => setWords(next === 'all' ? {} : { state: next })}
        />
      }
    >
      <Paged query={query} rowsOf={(page) => page.families} empty={<Nothing state={state} />} older="older families">
        {(rows) => <Families families={rows} />}
      </Paged>
    </Page>
  )
}

function headline(families: readonly FamilyRow[], state: string | null): string {
  if (families.length === 0) return 'Failures'
  if (state !== null) return `${count(families.length, 'family', 'families')} of failures: ${state}`
  const of = (wanted: FamilyRow['state']) => families.filter((family) => family.state === wanted).length
  const parts = [
    of('spreading') === 0 ? 'nothing spreads' : `${of('spreading')} ${of('spreading') === 1 ? 'spreads' : 'spread'}`,
    `${of('new')} new`,
    `${of('recurring')} recurring`,
  ]
  return `${count(families.length, 'family', 'families')} of failures: ${parts.join(', ')}`
}

function Nothing({ state }: { state: string | null }) {
  if (state !== null) return <Empty>No family of failures is in this state.</Empty>
  return (
    <Empty command="npm run up">
      Failures that are the same failure appear here as one family: when it was first and last seen, where, and how
      often. To see some now:
    </Empty>
  )
}

function Families({ families }: { families: readonly FamilyRow[] }) {
  return (
    <TableFrame>
      <Table>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Failure</th>
            <th scope="col">Where</th>
            <th scope="col">14 days</th>
            <th scope="col" className="number">
              Seen
            </th>
            <th scope="col" className="number">
              First
            </th>
            <th scope="col" className="number">
              Last
            </th>
          </tr>
        </thead>
        <tbody>
          {families.map((family) => (
            <Row key={family.id} family={family} />
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

function Row({ family }: { family: FamilyRow }) {
  const { repositories, branches, label } = family
  return (
    <tr>
      <td className="tight">
        <State told={states[family.state]} />
      </td>
      <td style={{ minWidth: 260 }}>
        <Anchor row quiet to={familyPath(family.id)}>
          {cut(family.sentence || sayCategory(family.category), 200)}
        </Anchor>
        <div style={{ color: softInk }}>
          <Mono>{family.category}</Mono>
          {label && <>, labelled by {cut(label.by, 60)}</>}
        </div>
      </td>
      <td style={{ minWidth: 140 }}>
        {few(repositories)}
        <div style={{ color: softInk }}>{few(branches)}</div>
      </td>
      <td>
        <Trend of={family.trend} />
      </td>
      <td className="number">{family.count}</td>
      <td className="number">
        <When at={family.firstSeen} />
      </td>
      <td className="number">
        <When at={family.lastSeen} />
      </td>
    </tr>
  )
}

/** The first two by name, the rest by number. */
function few(names: readonly string[]): string {
  const shown = names
    .slice(0, 2)
    .map((name) => cut(name, 50))
    .join(', ')
  return names.length > 2 ? `${shown} and ${names.length - 2} more` : shown
}
