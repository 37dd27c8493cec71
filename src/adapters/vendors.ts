import type { Hook } from './ci.ts'
import { githubHook } from './github/hook.ts'
import { nativeHook } from './native/hook.ts'

/** Every vendor whose webhooks are understood, by the name in `/hooks/<vendor>/<connection>`. */
export const hooks = {
  github: githubHook,
  native: nativeHook,
} as const satisfies Readonly<Record<string, Hook>>
