import type { Plan, RemedyKind } from '../../../model/remedy.ts'
import { doNothing } from './do-nothing.ts'
import { escalate } from './escalate.ts'
import { moreMemory } from './more-memory.ts'
import { moreTime } from './more-time.ts'
import type { Remedy } from './remedy.ts'
import { rerunClean } from './rerun-clean.ts'
import { rerunFailed } from './rerun-failed.ts'
import { stopHang } from './stop-hang.ts'

/** Every remedy, in the order in which they are considered: the most particular first, telling people last. */
export const remedies: { readonly [Kind in RemedyKind]: Remedy<Kind> } = {
  'do-nothing': doNothing,
  'stop-hang': stopHang,
  'more-memory': moreMemory,
  'more-time': moreTime,
  'rerun-clean': rerunClean,
  'rerun-failed': rerunFailed,
  escalate,
}

/** The remedy of a plan. */
export function remedyOf(plan: Plan): Remedy {
  // A plan's kind picks its own remedy, which the type checker cannot follow through the table.
  return remedies[plan.remedy] as unknown as Remedy
}
