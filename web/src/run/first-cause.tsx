import { styled } from '@mui/material/styles'
import type { DiagnosisView } from '../../../src/contract/views.ts'
import { Lines } from '../kit/lines.tsx'

/** The lines that tell the failure, each a way to its place in the log. */
export function FirstCause({ excerpts, jobId }: FirstCauseProps) {
  const [best, ...others] = excerpts
  if (!best) return null
  const at = jobId === null ? '' : `?${new URLSearchParams({ job: jobId })}`
  return (
    <>
      <Lines excerpt={best} at={at} />
      {others.length > 0 && (
        <More>
          <summary>{others.length === 1 ? 'One more place' : `${others.length} more places`} in the log</summary>
          {others.map((excerpt) => (
            <Lines key={excerpt.start} excerpt={excerpt} at={at} />
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

const More = styled('details')({
  marginTop: 8,
  fontSize: '0.8125rem',
  '& summary': { cursor: 'pointer', minHeight: 24 },
})
