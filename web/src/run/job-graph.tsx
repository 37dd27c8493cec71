import { styled } from '@mui/material/styles'
import type { JobView } from '../../../src/contract/views.ts'
import { cut } from '../kit/cut.ts'
import { Glyph } from '../kit/glyph.tsx'
import { Unseen } from '../kit/rows.tsx'
import { Lasted } from '../kit/when.tsx'
import { ending } from '../kit/words.ts'
import { colour, edge, ink, line, sheet, softInk, tint } from '../theme/theme.ts'
import { layOut, type Place } from './graph-layout.ts'
import type { JobsProps } from './jobs.tsx'

const box = { width: 196, height: 44, across: 44, down: 12 }

/** Jobs from left to right as they need one another; each is a button that shows its steps and log. */
export function JobGraph({ jobs, chosen, choose }: JobsProps) {
  const { places, edges, columns, rows } = layOut(jobs)
  const width = columns * (box.width + box.across) - box.across
  const height = rows * (box.height + box.down) - box.down
  return (
    <Frame>
      <div style={{ position: 'relative', width: Math.max(width, 0), height: Math.max(height, 0) }}>
        <svg
          width={Math.max(width, 0)}
          height={Math.max(height, 0)}
          aria-hidden="true"
          fill="none"
          stroke={edge}
          style={{ display: 'block' }}
        >
          {edges.map(({ from, to }) => (
            <path key={`${from.job.id} ${to.job.id}`} d={curve(from, to)} />
          ))}
        </svg>
        {places.map((place) => (
          <Box
            key={place.job.id}
            type="button"
            data-row=""
            aria-pressed={place.job.id === chosen}
            title={cut(place.job.name, 200)}
            onClick={() => choose(place.job.id)}
            style={{ left: left(place), top: top(place) }}
          >
            <Glyph meaning={ending(place.job).meaning} />
            <span className="name">{cut(place.job.name, 80)}</span>
            <Unseen>{describe(place.job)}</Unseen>
            <span className="took">
              <Lasted from={place.job.startedAt} to={place.job.completedAt} />
            </span>
          </Box>
        ))}
      </div>
    </Frame>
  )
}

function describe(job: JobView): string {
  const after = job.needs.length > 0 ? `, after ${job.needs.join(', ')}` : ''
  return cut(`${ending(job).word}${after}`, 300)
}

const left = ({ column }: Place<unknown>) => column * (box.width + box.across)
const top = ({ row }: Place<unknown>) => row * (box.height + box.down)

function curve(from: Place<unknown>, to: Place<unknown>): string {
  const x1 = left(from) + box.width
  const y1 = top(from) + box.height / 2
  const x2 = left(to)
  const y2 = top(to) + box.height / 2
  const bend = x1 + box.across / 2
  return `M${x1} ${y1}C${bend} ${y1} ${x2 - box.across / 2} ${y2} ${x2} ${y2}`
}

const Frame = styled('div')({ overflowX: 'auto', padding: 4, margin: -4 })
const Box = styled('button')({
  position: 'absolute',
  width: box.width,
  height: box.height,
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  padding: '0 12px',
  font: 'inherit',
  fontSize: '0.8125rem',
  color: ink,
  background: sheet,
  border: `1px solid ${line}`,
  borderRadius: 4,
  cursor: 'pointer',
  textAlign: 'left',
  '& .name': { flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '& .took': { color: softInk, fontSize: '0.75rem' },
  '&:hover': { borderColor: edge },
  '&[aria-pressed="true"]': { borderColor: colour('ours'), background: tint('ours'), fontWeight: 600 },
  '&:focus-visible': { outline: `2px solid ${colour('ours')}`, outlineOffset: 2 },
})
