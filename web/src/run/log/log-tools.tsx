import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { type FormEvent, useRef, useState } from 'react'
import type { LogView } from '../../../../src/contract/views.ts'
import { count } from '../../kit/words.ts'
import { edge, ink, paper, softInk, tint } from '../../theme/theme.ts'
import type { Pointed } from './lines-in-url.ts'
import { find } from './scan.ts'

/** Finding, jumping, wrapping, copying and taking the log home. */
export function LogTools(props: LogToolsProps) {
  const { total, failing, pointed, raw, jump, wrapped, setWrapped, timed, setTimed } = props
  const [said, setSaid] = useState('')
  return (
    <Bar>
      <Find {...props} say={setSaid} />
      {failing && (
        <Button
          variant="text"
          onClick={() => jump(failing.start)}
          aria-label={`Go to the failing line ${failing.start}`}
        >
          Failing line
        </Button>
      )}
      <Button variant="text" aria-pressed={wrapped} onClick={() => setWrapped(!wrapped)}>
        Wrap
      </Button>
      <Button variant="text" aria-pressed={timed} onClick={() => setTimed(!timed)}>
        Times
      </Button>
      <Button variant="text" onClick={() => void copy(props, setSaid)}>
        {pointed ? 'Copy lines' : 'Copy failure'}
      </Button>
      <Button variant="text" component="a" href={raw} download>
        Raw
      </Button>
      <span role="status">{said || count(total, 'line')}</span>
    </Bar>
  )
}

interface LogToolsProps {
  readonly total: number
  readonly failing: LogView['failing']
  readonly pointed: Pointed | null
  readonly raw: string
  readonly fetch: (from: number) => Promise<LogView>
  /** The first line in sight. */
  readonly from: number
  readonly jump: (line: number) => void
  readonly wrapped: boolean
  readonly setWrapped: (on: boolean) => void
  readonly timed: boolean
  readonly setTimed: (on: boolean) => void
}

/** Words are sought from the line after the last hit; a bare number goes to that line. */
function Find({ fetch, jump, pointed, from, say, total }: LogToolsProps & { say: (words: string) => void }) {
  const [words, setWords] = useState('')
  const running = useRef<AbortController | null>(null)

  async function submit(event: FormEvent) {
    event.preventDefault()
    running.current?.abort()
    const sought = words.trim()
    if (sought === '') return
    if (/^:?\d{1,9}$/.test(sought)) return jump(Number(sought.replace(':', '')))
    const own = new AbortController()
    running.current = own
    const start = pointed ? pointed.last + 1 : from
    const line = await find(fetch, sought, start > total ? 1 : start, own.signal, (at) =>
      say(`Looking, line ${at.toLocaleString('en-GB')}`),
    ).catch((error: Error) => say(error.message))
    if (own.signal.aborted || line === undefined) return
    if (line === null) return say(`“${sought}” is not in the log`)
    say(`Line ${line.toLocaleString('en-GB')}; Enter for the next`)
    jump(line)
  }

  return (
    <search>
      <form onSubmit={(event) => void submit(event)}>
        <Field
          type="search"
          aria-label="Find words, or go to a line by its number"
          placeholder="Find, or line number"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </form>
    </search>
  )
}

const mostCopied = 2000

/** The lines pointed at, else the failing ones, to the clipboard. */
async function copy({ fetch, pointed, failing, from }: LogToolsProps, say: (words: string) => void) {
  const range = pointed ?? (failing ? { first: failing.start, last: failing.end } : { first: from, last: from + 40 })
  const last = Math.min(range.last, range.first + mostCopied - 1)
  const taken: string[] = []
  try {
    for (let line = range.first; line <= last; ) {
      const view = await fetch(line)
      const part = view.lines.slice(line - view.from, last - view.from + 1)
      if (part.length === 0) break
      taken.push(...part)
      line += part.length
    }
    await navigator.clipboard.writeText(taken.join('\n'))
    say(`Copied ${count(taken.length, 'line')}`)
  } catch (error) {
    say(`Could not copy: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const Bar = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 8,
  paddingBottom: 8,
  fontSize: '0.8125rem',
  color: softInk,
  '& .MuiButton-root': { color: ink, fontWeight: 400, minWidth: 0, padding: '3px 8px' },
  '& .MuiButton-root[aria-pressed="true"]': { background: tint('unknown'), fontWeight: 600 },
  '& [role="status"]': { marginLeft: 'auto' },
})
const Field = styled('input')({
  font: 'inherit',
  fontSize: '0.8125rem',
  width: 190,
  minHeight: 30,
  padding: '2px 8px',
  color: ink,
  background: paper,
  border: `1px solid ${edge}`,
  borderRadius: 4,
})
