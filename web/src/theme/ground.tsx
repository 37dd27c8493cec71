import CssBaseline from '@mui/material/CssBaseline'
import GlobalStyles from '@mui/material/GlobalStyles'
import { ThemeProvider } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { colour, modeStorageKey, theme } from './theme.ts'

/** What every page stands on: the two themes, following the system until a person chooses. */
export function Ground({ children }: { children: ReactNode }) {
  return (
    <ThemeProvider theme={theme} defaultMode="system" modeStorageKey={modeStorageKey} disableTransitionOnChange>
      <CssBaseline enableColorScheme />
      <GlobalStyles styles={everywhere} />
      {children}
    </ThemeProvider>
  )
}

const everywhere = {
  body: { fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' },
  'a:focus-visible, button:focus-visible, [tabindex]:focus-visible, summary:focus-visible, select:focus-visible': {
    outline: `2px solid ${colour('ours')}`,
    outlineOffset: 2,
    borderRadius: 2,
  },
  'main:focus, [role="dialog"]:focus-visible, .MuiDialog-container:focus-visible': { outline: 'none' },
  '@media (prefers-reduced-motion: reduce)': {
    '*, *::before, *::after': { transition: 'none !important', animation: 'none !important' },
  },
} as const
