import { useColorScheme } from '@mui/material/styles'
import { Glyphic } from './glyphic.tsx'

const next = { system: 'light', light: 'dark', dark: 'system' } as const
const paths = {
  system: 'M2.5 3.5h11v7.5h-11zM6 13.5h4',
  light:
    'M8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7',
  dark: 'M13 9.5A5.5 5.5 0 1 1 6.5 3a4.5 4.5 0 0 0 6.5 6.5z',
}

/** Follows the system until told otherwise. */
export function ThemeButton() {
  const { mode = 'system', setMode } = useColorScheme()
  return (
    <Glyphic label={`Theme: ${mode}. Change to ${next[mode]}`} path={paths[mode]} onClick={() => setMode(next[mode])} />
  )
}
