import { z } from 'zod'

/** What the post-receive hook of a repository must know, in `mendline/hook.json` beside it. */
export const HookConfig = z.object({
  repository: z.string().min(1),
  connection: z.string().min(1),
  gatewayUrl: z.url(),
  secretFile: z.string().min(1),
})
export type HookConfig = z.infer<typeof HookConfig>
