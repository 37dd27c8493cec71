import type { RemedyKind } from '../../../model/remedy.ts'
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
