import { createTheme } from '@mui/material/styles'
import { dark, faces, light, type Meaning, motionMs, radius, type Scheme, sizes, spacing } from './tokens.ts'

/** Where the chosen mode is kept; `public/early-theme.js` reads it before the first paint. */
export const modeStorageKey = 'mendline-theme'

/** A meaning's colour as text or glyph, in whichever theme is on. */
export function colour(meaning: Meaning): string {
  return `var(--mend-palette-meaning-${meaning})`
}

export function tint(meaning: Meaning): string {
  return `var(--mend-palette-tint-${meaning})`
}

export const ink = 'var(--mend-palette-text-primary)'
export const softInk = 'var(--mend-palette-text-secondary)'
export const line = 'var(--mend-palette-divider)'
export const edge = 'var(--mend-palette-edge)'
export const sheet = 'var(--mend-palette-background-paper)'
export const paper = 'var(--mend-palette-background-default)'

const px = (size: number) => `${size / 16}rem`
const rank = (size: number, fontWeight: number, lineHeight: number) => ({
  fontSize: px(size),
  fontWeight,
  lineHeight,
  letterSpacing: 0,
})

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: '[data-theme="%s"]', cssVarPrefix: 'mend' },
  colorSchemes: { light: { palette: palette(light) }, dark: { palette: palette(dark) } },
  spacing,
  shape: { borderRadius: radius },
  transitions: { duration: durations() },
  typography: {
    fontFamily: faces.text,
    h1: { ...rank(sizes.lead, 600, 1.25), letterSpacing: '-0.01em' },
    h2: rank(sizes.title, 600, 1.3),
    h3: rank(sizes.large, 600, 1.4),
    body1: rank(sizes.text, 400, 1.5),
    body2: rank(sizes.small, 400, 1.5),
    caption: rank(sizes.tiny, 400, 1.4),
    button: { ...rank(sizes.small, 600, 1.5), textTransform: 'none' },
  },
  components: {
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiButton: {
      defaultProps: { size: 'small', disableElevation: true, color: 'inherit', variant: 'outlined' },
      styleOverrides: {
        root: { minHeight: 30, padding: '3px 12px', whiteSpace: 'nowrap', variants: outlined() },
      },
    },
    MuiDialog: { defaultProps: { fullWidth: true, maxWidth: 'sm' } },
    MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
  },
})

function outlined() {
  return [{ props: { variant: 'outlined' as const }, style: { borderColor: edge } }]
}

function palette(scheme: Scheme) {
  const main = (meaning: Meaning) => ({ main: scheme.meaning[meaning], contrastText: scheme.sheet })
  return {
    primary: main('ours'),
    error: main('failing'),
    warning: main('waiting'),
    success: main('healthy'),
    info: main('held'),
    text: { primary: scheme.ink, secondary: scheme.softInk },
    background: { default: scheme.paper, paper: scheme.sheet },
    divider: scheme.line,
    edge: scheme.edge,
    meaning: scheme.meaning,
    tint: scheme.tint,
  }
}

function durations() {
  return {
    shortest: motionMs,
    shorter: motionMs,
    short: motionMs,
    standard: motionMs,
    complex: motionMs,
    enteringScreen: motionMs,
    leavingScreen: motionMs,
  }
}
