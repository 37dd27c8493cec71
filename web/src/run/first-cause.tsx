import { styled } from '@mui/material/styles'
import { Link } from 'react-router'
import type { DiagnosisView } from '../../../src/contract/views.ts'
import { cut } from '../kit/cut.ts'
import { colour, line, sheet, softInk, tint } from '../theme/theme.ts'
import { faces } from '../theme/tokens.ts'

/** The lines that tell the failure, each a way to its place in the log. */
export function FirstCause({ excerpts, jobId }: FirstCauseProps) {
  const [best, ...others] = excerpts
  if (!best) return null
  return (
    <>
      <Excerpt excerpt={best} jobId={jobId} />
      {others.length > 0 && (
        <More>
          <summary>{others.length === 1 ? 'One more place' : `${others.length} more places`} in the log</summary>
          {others.map((excerpt) => (
            <Excerpt key={excerpt.start} excerpt={excerpt} jobId={jobId} />
          ))}
        </More>
      )}
    </>
  )
}

interface FirstCauseProps {
  readonly excerpts: DiagnosisView['excerpts']
  readonly jobId: string | null
}

function Excerpt({ excerpt, jobId }: { excerpt: DiagnosisView['excerpts'][number]; jobId: string | null }) {
  const job = jobId === null ? '' : `?${new URLSearchParams({ job: jobId })}`
  return (
    <Lines
      tabIndex={0}
      role="region"
      aria-label={`Log lines ${excerpt.start} to ${excerpt.end}: ${cut(excerpt.why, 120)}`}
    >
      {excerpt.text.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place.
        <div key={at}>
          <Link to={`${job}#L${excerpt.start + at}`}>{excerpt.start + at}</Link>
          <span>{cut(text, 600)}</span>
        </div>
      ))}
    </Lines>
  )
}

const Lines = styled('div')({
  margin: '8px 0 0',
  padding: '6px 0',
  overflowX: 'auto',
  fontFamily: faces.mono,
  fontSize: '0.75rem',
  lineHeight: '20px',
  background: sheet,
  border: `1px solid ${line}`,
  borderLeft: `3px solid ${colour('failing')}`,
  borderRadius: 4,
  '& > div': { display: 'flex' },
  '& a': { width: 56, flex: 'none', textAlign: 'right', padding: '0 12px 0 0', color: softInk, textDecoration: 'none' },
  '& a:hover': { background: tint('failing') },
  '& span': { minWidth: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', paddingRight: 12 },
})
const More = styled('details')({
  marginTop: 8,
  fontSize: '0.8125rem',
  '& summary': { cursor: 'pointer', minHeight: 24 },
})
