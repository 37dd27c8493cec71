import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loaded } from './loaded.tsx'
import { More } from './more.tsx'

/** A list that grows downwards: what there is so far, what it says when there is nothing, and the way to older rows. */
export function Paged<Page, Row>({ query, rowsOf, empty, older, children }: PagedProps<Page, Row>) {
  return (
    <>
      <Loaded query={query}>
        {({ pages }) => {
          const rows = pages.flatMap(rowsOf)
          return rows.length === 0 ? empty : children(rows)
        }}
      </Loaded>
      <More query={query} what={older} />
    </>
  )
}

interface PagedProps<Page, Row> {
  readonly query: UseInfiniteQueryResult<{ readonly pages: readonly Page[] }>
  readonly rowsOf: (page: Page) => readonly Row[]
  readonly empty: ReactNode
  /** What the button shows more of: "older runs". */
  readonly older: string
  readonly children: (rows: readonly Row[]) => ReactNode
}
