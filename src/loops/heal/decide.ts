import type { Diagnosis } from '../../model/diagnosis.ts'
import type { Plan } from '../../model/remedy.ts'
import type { Facts } from './facts.ts'
import { remedies } from './remedies/index.ts'

/** The first remedy whose precondition holds, with its dose. The same diagnosis and facts give the same plan. */
export function decide(diagnosis: Diagnosis, facts: Facts): Plan {
  for (const remedy of Object.values(remedies)) {
    const plan = remedy.consider(diagnosis, facts)
    if (plan !== undefined) return plan
  }
  return { remedy: 'do-nothing', why: 'no remedy fits' }
}
