import { styled } from '@mui/material/styles'
import { line, softInk, tint } from '../theme/theme.ts'

/** Rows between hairlines; the row that holds the focus is lit. */
export const Rows = styled('ul')({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  '& > li': { padding: '12px 0', minWidth: 0 },
  '& > li:first-of-type': { paddingTop: 2 },
  '& > li + li': { borderTop: `1px solid ${line}` },
})

/** What a row says in passing: parts with a middle dot between them. */
export const Aside = styled('div')({
  color: softInk,
  fontSize: '0.8125rem',
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'baseline',
  gap: '2px 0',
  '& > *:not(:last-child)::after': { content: '"·" / ""', margin: '0 8px', color: softInk, fontWeight: 400 },
})

export const Mono = styled('code')({
  fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSize: '0.92em',
})

/** A real table, dense, with hairlines. Wide ones scroll in their own frame, never the page. */
export const Table = styled('table')({
  borderCollapse: 'collapse',
  width: '100%',
  fontSize: '0.8125rem',
  '& th': { textAlign: 'left', fontWeight: 600, color: softInk, padding: '0 16px 6px 0', whiteSpace: 'nowrap' },
  '& td': {
    padding: '8px 16px 8px 0',
    borderTop: `1px solid ${line}`,
    verticalAlign: 'baseline',
    overflowWrap: 'break-word',
  },
  '& th:last-child, & td:last-child': { paddingRight: 0 },
  '& tbody tr:focus-within, & tbody tr:hover': { backgroundColor: tint('unknown') },
  '& .number': { textAlign: 'right' },
  '& .tight': { whiteSpace: 'nowrap' },
})
export const TableFrame = styled('div')({ overflowX: 'auto', padding: 2, margin: -2 })

export const Unseen = styled('span')({
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
})
