import Button from '@mui/material/Button'

/** The way to the next page of a list that grows downwards. */
export function More({ query, what }: { query: Paged; what: string }) {
  if (!query.hasNextPage) return null
  return (
    <div style={{ paddingTop: 16 }}>
      <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {query.isFetchingNextPage ? 'Reading…' : `Show ${what}`}
      </Button>
    </div>
  )
}

interface Paged {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => Promise<unknown>
}
