import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ApiError } from '../api/request.ts'
import { colour, line, softInk } from '../theme/theme.ts'
import { Glyph } from './glyph.tsx'

/** Shows what a query brought. What is old because it could not be read again says so. */
export function Loaded<View>({ query, children }: LoadedProps<View>) {
  const { data, error } = query
  if (data === undefined) return error ? <Failed error={error} again={query.refetch} /> : <Waiting />
  return (
    <>
      {error && <Failed error={error} again={query.refetch} />}
      {children(data)}
    </>
  )
}

interface LoadedProps<View> {
  readonly query: Pick<UseQueryResult<View>, 'data' | 'error' | 'refetch'>
  readonly children: (view: View) => ReactNode
}

function Waiting() {
  return (
    <div role="status" style={{ padding: '32px 24px', color: softInk, maxWidth: 1280, margin: '0 auto' }}>
      Reading…
    </div>
  )
}

export function Failed({ error, again }: { error: Error; again?: () => unknown }) {
  return (
    <Notice role="alert">
      <Glyph meaning="failing" />
      <span style={{ flex: 1 }}>
        {error.message}
        {error instanceof ApiError && error.requestId && (
          <span style={{ color: softInk }}> (request {error.requestId})</span>
        )}
      </span>
      {again && <Button onClick={() => again()}>Try again</Button>}
    </Notice>
  )
}

const Notice = styled('div')({
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  maxWidth: 1232,
  margin: '12px auto',
  padding: '8px 0',
  color: colour('failing'),
  borderBottom: `1px solid ${line}`,
  '@media (max-width: 1280px)': { margin: '12px 24px' },
})
