import type { FamilyRow } from '../../../src/contract/learning.ts'
import type { Told } from '../kit/words.ts'

/** How a family stands, by what one should do about it: look now, look, or live with it. */
export const states: Record<FamilyRow['state'], Told> = {
  spreading: { meaning: 'failing', word: 'Spreading' },
  new: { meaning: 'waiting', word: 'New' },
  recurring: { meaning: 'unknown', word: 'Recurring' },
}
