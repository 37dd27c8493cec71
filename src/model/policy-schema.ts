import { z } from 'zod'
import { PolicyFile } from './policy.ts'

/** `.mendline.yml` as JSON schema, for editors and for people. */
export function policySchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(PolicyFile, { io: 'input' }),
    title: 'Mendline policy',
    description: 'What may happen by itself in a repository, what needs a yes, what never. The file .mendline.yml.',
  }
}
