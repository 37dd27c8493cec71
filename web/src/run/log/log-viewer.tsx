import { styled } from '@mui/material/styles'
import { type MouseEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import type { LogView } from '../../../../src/contract/views.ts'
import { logText } from '../../api/queries.ts'
import { line as hairline, sheet } from '../../theme/theme.ts'
import { faces } from '../../theme/tokens.ts'
import { type Folds, fold, lineOf, reveal, rowOf, rowsOf, unfold } from './folding.ts'
import { hashOf, pointedAt, pointing } from './lines-in-url.ts'
import { LogLine } from './log-line.tsx'
import { LogTools } from './log-tools.tsx'
import { endOfGroup } from './scan.ts'
import { useLines } from './use-lines.ts'
import { useScroll } from './use-scroll.ts'
import { rowHeight, sheetHeight, windowAt } from './window.ts'

/** A log of any length: only the rows in sight are in the page, only the ranges they lie in are fetched. */
export function LogViewer({ runId, jobId, head, hash }: LogViewerProps) {
  const navigate = useNavigate()
  const [wrapped, setWrapped] = useState(false)
  const [timed, setTimed] = useState(false)
  const [folds, setFolds] = useState<Folds>([])
  const pointed = pointedAt(hash)
  const { failing, total } = head
  const rows = rowsOf(folds, total)
  const goal = Math.min(pointed?.first ?? failing?.start ?? 1, total)
  const { frame, scrollTop, height, show } = useScroll({
    rows,
    wrapped,
    row: rowOf(folds, goal),
    key: `${hash} ${goal}`,
  })
  const seen = windowAt(scrollTop, rows, height, wrapped)
  const shown = Array.from({ length: seen.count }, (_, at) => lineOf(folds, seen.first + at))
  const lines = useLines(runId, jobId, head, shown[0] ?? goal, shown.at(-1) ?? goal)

  const go = (next: string) =>
    navigate({ search: location.search, hash: next }, { replace: true, preventScrollReset: true })
  const point = (line: number, event: MouseEvent) => {
    event.preventDefault()
    go(hashOf(pointing(pointed, line, event.shiftKey)))
  }
  const jump = (line: number) => {
    const within = Math.min(Math.max(1, line), total)
    const opened = reveal(folds, within)
    setFolds(opened)
    show(rowOf(opened, within), rowsOf(opened, total))
    go(`#L${within}`)
  }
  const toggle = async (heading: number) => {
    const first = heading + 1
    if (folds.some((each) => each.first === first)) return setFolds(unfold(folds, first))
    const last = await endOfGroup(lines.fetch, heading, total, new AbortController().signal)
    setFolds((before) => fold(before, { first, last }))
  }
  const stateOf = (line: number) => {
    if (pointed && line >= pointed.first && line <= pointed.last) return 'pointed'
    return failing && line >= failing.start && line <= failing.end ? 'failing' : null
  }

  return (
    <>
      <LogTools
        total={total}
        failing={failing}
        pointed={pointed}
        raw={logText(jobId)}
        fetch={lines.fetch}
        from={shown[0] ?? 1}
        jump={jump}
        wrapped={wrapped}
        setWrapped={setWrapped}
        timed={timed}
        setTimed={setTimed}
      />
      <Frame
        ref={frame}
        tabIndex={0}
        role="log"
        style={{ height: `min(${wrapped ? '100vh' : `${rows * rowHeight + 18}px`}, clamp(240px, 66vh, 900px))` }}
        aria-live="off"
        aria-label={`Log, ${total.toLocaleString('en-GB')} lines`}
      >
        <div style={{ height: sheetHeight(rows, height, wrapped), position: 'relative' }}>
          <div
            style={{ position: 'absolute', top: seen.top, minWidth: '100%', width: wrapped ? '100%' : 'max-content' }}
          >
            {shown.map((line) => (
              <LogLine
                key={line}
                line={line}
                text={lines.at(line)}
                state={stateOf(line)}
                wrapped={wrapped}
                timed={timed}
                point={point}
                toggle={{
                  folded: folds.some(({ first }) => first === line + 1),
                  act: (heading) => void toggle(heading),
                }}
              />
            ))}
          </div>
        </div>
      </Frame>
    </>
  )
}

interface LogViewerProps {
  readonly runId: string
  readonly jobId: string
  /** The lines around the failure, which come first. */
  readonly head: LogView
  readonly hash: string
}

const Frame = styled('div')({
  overflow: 'auto',
  overflowAnchor: 'none',
  background: sheet,
  border: `1px solid ${hairline}`,
  borderRadius: 4,
  fontFamily: faces.mono,
  fontSize: '0.75rem',
  contain: 'strict',
})
