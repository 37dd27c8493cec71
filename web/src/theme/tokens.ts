/** What a colour may mean. Colours are used by meaning, never by hue, and never without a glyph and a word. */
export const meanings = ['ours', 'healthy', 'failing', 'mending', 'waiting', 'held', 'unknown'] as const
export type Meaning = (typeof meanings)[number]

export interface Scheme {
  readonly paper: string
  readonly sheet: string
  readonly line: string
  /** The edge of things that can be operated, where a hairline would be too faint (3:1 on paper). */
  readonly edge: string
  readonly ink: string
  readonly softInk: string
  readonly meaning: Readonly<Record<Meaning, string>>
  /** A breath of the meaning, for the ground behind text. */
  readonly tint: Readonly<Record<Meaning, string>>
}

export const light: Scheme = {
  paper: '#FAFAF7',
  sheet: '#FFFFFF',
  line: '#E3E4DF',
  edge: '#868B90',
  ink: '#191C20',
  softInk: '#59616B',
  meaning: {
    ours: '#0A6A4C',
    healthy: '#1B7A47',
    failing: '#B9322A',
    mending: '#5B46B2',
    waiting: '#8A5A00',
    held: '#2F5D8A',
    unknown: '#59616B',
  },
  tint: {
    ours: '#EAF3EE',
    healthy: '#EAF4EE',
    failing: '#FBEDEB',
    mending: '#F0EDF9',
    waiting: '#F8F1E2',
    held: '#EAF0F6',
    unknown: '#F1F2EF',
  },
}

export const dark: Scheme = {
  paper: '#111417',
  sheet: '#191D21',
  line: '#2B3138',
  edge: '#6A737D',
  ink: '#E9EBEE',
  softInk: '#9BA4AE',
  meaning: {
    ours: '#52C79A',
    healthy: '#4FC48C',
    failing: '#FF7A6E',
    mending: '#AD9BFF',
    waiting: '#E6B450',
    held: '#7FB2E5',
    unknown: '#9BA4AE',
  },
  tint: {
    ours: '#152721',
    healthy: '#152720',
    failing: '#2C1A1A',
    mending: '#211E33',
    waiting: '#2A2316',
    held: '#182430',
    unknown: '#1F2429',
  },
}

export const faces = {
  text: 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif',
  mono: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
} as const

/** Pixels. Rank is told by weight before size. */
export const sizes = { tiny: 12, small: 13, text: 14, large: 16, title: 20, lead: 28 } as const
export const radius = 4
export const spacing = 4
export const motionMs = 120
