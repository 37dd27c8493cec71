import Button from '@mui/material/Button'
import { useSearchParams } from 'react-router'
import { useEvents } from '../api/queries.ts'
import { Empty } from '../kit/empty.tsx'
import { useHeld } from '../kit/held.ts'
import { Page } from '../kit/page.tsx'
import { Paged } from '../kit/paged.tsx'
import { Picker } from '../kit/picker.tsx'
import { Table, TableFrame } from '../kit/rows.tsx'
import { count } from '../kit/words.ts'
import { EventRow, type Shown } from './event-row.tsx'
import { eventTypes } from './event-types.ts'

const kinds: Record<string, string> = {
  '': 'Every kind',
  ...Object.fromEntries(eventTypes.map((type) => [type, type])),
}

/** What happened, newest first. */
export function EventsPage() {
  const [words, setWords] = useSearchParams()
  const type = words.get('type')
  const query = useEvents({ type, subject: words.get('subject'), correlation: null })
  return (
    <Page
      title="Events"
      heading="What happened"
      aside={
        <Picker
          label="Kind of event"
          options={kinds}
          chosen={type ?? ''}
          choose={(next) => setWords(next === '' ? {} : { type: next })}
        />
      }
    >
      <Paged query={query} rowsOf={({ events }) => events} empty={<Nothing type={type} />} older="older events">
        {(events) => <Events events={events} />}
      </Paged>
    </Page>
  )
}

function Nothing({ type }: { type: string | null }) {
  if (type !== null) return <Empty>No event of this kind yet.</Empty>
  return (
    <Empty command="npm run up">
      Everything that happens is written down here: pushes, runs, diagnoses, permits, effects, proofs. To make something
      happen:
    </Empty>
  )
}

function Events({ events }: { events: readonly Shown[] }) {
  const { shown, fresh, release, holding } = useHeld(events)
  return (
    <div {...holding}>
      <div role="status" style={{ minHeight: 34, marginTop: -20 }}>
        {fresh > 0 && <Button onClick={release}>{count(fresh, 'new event')}, show</Button>}
      </div>
      <TableFrame>
        <Table>
          <thead>
            <tr>
              <th scope="col" style={{ width: 220 }}>
                Event
              </th>
              <th scope="col">About</th>
              <th scope="col">Says</th>
              <th scope="col" className="number">
                Place
              </th>
              <th scope="col" className="number">
                When
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((event) => (
              <EventRow key={event.id} event={event} />
            ))}
          </tbody>
        </Table>
      </TableFrame>
    </div>
  )
}
