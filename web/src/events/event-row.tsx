import { styled } from '@mui/material/styles'
import { useId, useState } from 'react'
import type { EventList } from '../../../src/contract/views.ts'
import { useEvents } from '../api/queries.ts'
import { cut } from '../kit/cut.ts'
import { Facts } from '../kit/facts.tsx'
import { Paged } from '../kit/paged.tsx'
import { Raw } from '../kit/raw.tsx'
import { Mono } from '../kit/rows.tsx'
import { clock, exactly } from '../kit/time.ts'
import { When } from '../kit/when.tsx'
import { ink, softInk } from '../theme/theme.ts'
import { gist } from './gist.ts'

export type Shown = EventList['events'][number]

/** One event; opened, its data and all that follows from the same first cause. */
export function EventRow({ event }: { event: Shown }) {
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <>
      <tr>
        <td className="tight">
          <Opener
            type="button"
            data-row=""
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={() => setOpen(!open)}
          >
            {open ? '▾' : '▸'} <Mono>{cut(event.type, 60)}</Mono>
          </Opener>
        </td>
        <td>
          <Mono>{cut(event.subject, 120)}</Mono>
        </td>
        <td>{cut(gist(event.data), 160)}</td>
        <td className="number">{event.position}</td>
        <td className="number">
          <When at={event.time} />
        </td>
      </tr>
      {open && (
        <tr id={id}>
          <td colSpan={5}>
            <Opened event={event} />
          </td>
        </tr>
      )}
    </>
  )
}

function Opened({ event }: { event: Shown }) {
  const query = useEvents({ type: null, subject: null, correlation: event.correlation })
  return (
    <Two>
      <div>
        <Raw value={event.data} label={`Data of ${event.type}`} />
        <Facts
          of={[
            ['When', exactly(event.time)],
            ['Id', <Mono key="id">{event.id}</Mono>],
            [
              'Caused by',
              event.causation ? <Mono key="cause">{cut(event.causation, 120)}</Mono> : 'nothing we know of',
            ],
          ]}
        />
      </div>
      <div>
        <Heading>From the same first cause</Heading>
        <Paged query={query} rowsOf={({ events }) => events} empty={null} older="earlier ones">
          {(events) => (
            <Chain events={events.filter(({ correlation }) => correlation === event.correlation)} here={event.id} />
          )}
        </Paged>
      </div>
    </Two>
  )
}

function Chain({ events, here }: { events: readonly Shown[]; here: string }) {
  return (
    <Links>
      {events.toReversed().map((event) => (
        <li key={event.id} aria-current={event.id === here || undefined}>
          <time dateTime={event.time} title={exactly(event.time)}>
            {clock(Date.parse(event.time))}
          </time>
          <Mono>{cut(event.type, 60)}</Mono>
        </li>
      ))}
    </Links>
  )
}

const Opener = styled('button')({
  font: 'inherit',
  color: ink,
  background: 'none',
  border: 0,
  padding: 0,
  minHeight: 24,
  cursor: 'pointer',
})
const Two = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)',
  gap: '16px 32px',
  padding: '4px 0 12px 16px',
  '& > div': { display: 'flex', flexDirection: 'column', gap: 8, minWidth: 0 },
  '@media (max-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
})
const Heading = styled('h2')({ fontSize: '0.8125rem', fontWeight: 600, margin: 0 })
const Links = styled('ol')({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  '& li': { display: 'flex', gap: 12, padding: '2px 0' },
  '& li[aria-current]': { fontWeight: 700 },
  '& time': { color: softInk },
})
