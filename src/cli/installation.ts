import type { StoryDeps } from './up/story.ts'

/** An installation as the commands see it; `main.ts` gives them the real one. */
export interface Installation {
  start(options: StartOptions): Promise<RunningInstallation>
}

export interface StartOptions {
  readonly data?: string | undefined
  readonly port?: string | undefined
  readonly host?: string | undefined
  readonly roles?: readonly string[] | undefined
  /** With the limits that the story of the sample shop needs. */
  readonly demo: boolean
}

export interface RunningInstallation {
  readonly dataDir: string
  readonly url: string | undefined
  /** Signs the administrator in. Shown once, on the terminal of whoever started it. */
  readonly token: string
  readonly story: Omit<StoryDeps, 'say' | 'opening' | 'onClose' | 'signal'>
  /** Resolves only when the installation cannot go on. */
  readonly lost: Promise<Error>
  /** To be done before the installation stops. */
  onClose(close: () => Promise<void>): void
  close(): Promise<void>
}
