import { styled } from '@mui/material/styles'
import type { MouseEvent } from 'react'
import { cut } from '../../kit/cut.ts'
import { clock } from '../../kit/time.ts'
import { colour, ink, softInk, tint } from '../../theme/theme.ts'
import type { Meaning } from '../../theme/tokens.ts'
import { type Mark, readLine } from './read-line.ts'
import { rowHeight } from './window.ts'

const told: Partial<Record<Mark, { meaning: Meaning; word: string }>> = {
  error: { meaning: 'failing', word: 'error ' },
  warning: { meaning: 'waiting', word: 'warning ' },
  notice: { meaning: 'held', word: 'notice ' },
  command: { meaning: 'held', word: '' },
  debug: { meaning: 'unknown', word: '' },
}

/** One line: its number as a permalink, its text as text and nothing else. */
export function LogLine({ line, text, state, wrapped, timed, point, toggle }: LogLineProps) {
  const read = text === null ? null : readLine(text)
  const style = read && told[read.mark]
  return (
    <Line data-line={line} data-state={state ?? undefined} style={wrapped ? undefined : { height: rowHeight }}>
      <a href={`#L${line}`} aria-label={`Line ${line}`} onClick={(event) => point(line, event)}>
        {line}
      </a>
      {timed && <span className="time">{read?.time ? clock(Date.parse(read.time)) : ''}</span>}
      {read?.mark === 'group' ? (
        <button type="button" aria-expanded={!toggle.folded} onClick={() => toggle.act(line)}>
          {toggle.folded ? '▸' : '▾'} {cut(read.text, 400)}
        </button>
      ) : (
        <span
          className="text"
          style={{ whiteSpace: wrapped ? 'pre-wrap' : 'pre', color: style ? colour(style.meaning) : undefined }}
        >
          {style?.word}
          {read === null ? '…' : read.mark === 'endgroup' ? '' : cut(read.text, 4000)}
        </span>
      )}
    </Line>
  )
}

interface LogLineProps {
  readonly line: number
  readonly text: string | null
  readonly state: 'failing' | 'pointed' | null
  readonly wrapped: boolean
  readonly timed: boolean
  readonly point: (line: number, event: MouseEvent) => void
  readonly toggle: { readonly folded: boolean; readonly act: (line: number) => void }
}

const Line = styled('div')({
  display: 'flex',
  minHeight: rowHeight,
  lineHeight: `${rowHeight}px`,
  '& > a': {
    flex: 'none',
    width: 72,
    paddingRight: 14,
    textAlign: 'right',
    color: softInk,
    textDecoration: 'none',
    userSelect: 'none',
    alignSelf: 'stretch',
  },
  '& > a:hover': { color: ink },
  '& .time': { flex: 'none', width: 76, color: softInk, userSelect: 'none' },
  '& .text': { minWidth: 0, paddingRight: 12, overflowWrap: 'anywhere' },
  '& button': {
    font: 'inherit',
    fontWeight: 600,
    color: ink,
    background: 'none',
    border: 0,
    padding: 0,
    textAlign: 'left',
    cursor: 'pointer',
    whiteSpace: 'pre',
  },
  '&[data-state="failing"]': { background: tint('failing'), boxShadow: `inset 3px 0 ${colour('failing')}` },
  '&[data-state="pointed"]': { background: tint('waiting'), boxShadow: `inset 3px 0 ${colour('waiting')}` },
})
