/** What single keys do. Pure: the page is asked and told through `Pressed` and the answer. */
export type Command =
  | { readonly go: string }
  | { readonly move: 1 | -1 }
  | { readonly do: 'approve' | 'help' | 'leave' }

export interface Pressed {
  readonly key: string
  /** Ctrl, Alt or Meta is down: the browser's or the system's key, never ours. */
  readonly modified: boolean
  /** The focus is where text is typed. */
  readonly typing: boolean
  /** A dialog is open; it has its own keys. */
  readonly inDialog: boolean
}

export const shortcuts = [
  { keys: 'g n', says: 'Go to Now' },
  { keys: 'g r', says: 'Go to runs' },
  { keys: 'g f', says: 'Go to failures' },
  { keys: 'g h', says: 'Go to healing' },
  { keys: 'g m', says: 'Go to models' },
  { keys: 'g e', says: 'Go to events' },
  { keys: 'j', says: 'Next row' },
  { keys: 'k', says: 'Previous row' },
  { keys: 'Enter', says: 'Open the row' },
  { keys: 'a', says: 'Approve what waits for you here (asks first)' },
  { keys: '?', says: 'This help' },
  { keys: 'Esc', says: 'Close, or leave a field' },
] as const

const places: Record<string, string> = {
  n: '/',
  r: '/runs',
  f: '/failures',
  h: '/healing',
  m: '/models',
  e: '/events',
}
const single: Record<string, Command> = {
  j: { move: 1 },
  k: { move: -1 },
  a: { do: 'approve' },
  '?': { do: 'help' },
}

/** `g` waits this long for its second key. */
export const chordMs = 1500

/** The command of a key, and whether `g` now waits for its second. */
export function interpret(
  pressed: Pressed,
  afterG: boolean,
  enabled: boolean,
): { readonly command: Command | null; readonly afterG: boolean } {
  const none = { command: null, afterG: false }
  if (pressed.modified || pressed.inDialog) return none
  if (pressed.key === 'Escape') return { command: { do: 'leave' }, afterG: false }
  if (!enabled || pressed.typing) return none
  if (afterG) {
    const place = places[pressed.key]
    return place === undefined ? none : { command: { go: place }, afterG: false }
  }
  if (pressed.key === 'g') return { command: null, afterG: true }
  return { command: single[pressed.key] ?? null, afterG: false }
}
