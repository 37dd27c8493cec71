import { styled } from '@mui/material/styles'
import { Link } from 'react-router'
import type { DiagnosisView } from '../../../src/contract/views.ts'
import { colour, line, sheet, softInk, tint } from '../theme/theme.ts'
import { faces } from '../theme/tokens.ts'
import { cut } from './cut.ts'

/** Lines of a log that show a failure, each a way to its place there; `at` is the address of the log, without a hash. */
export function Lines({ excerpt, at }: { excerpt: DiagnosisView['excerpts'][number]; at: string }) {
  return (
    <Sheet
      tabIndex={0}
      role="region"
      aria-label={`Log lines ${excerpt.start} to ${excerpt.end}: ${cut(excerpt.why, 120)}`}
    >
      {excerpt.text.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place.
        <div key={index}>
          <Link to={`${at}#L${excerpt.start + index}`}>{excerpt.start + index}</Link>
          <span>{cut(text, 600)}</span>
        </div>
      ))}
    </Sheet>
  )
}

const Sheet = styled('div')({
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
