import { NotFound } from '../../base/errors.ts'
import type { PermitAnswer, Permits } from '../../commons/permits/permits.ts'
import type { Permit } from '../../model/permit.ts'
import type { Facts } from './facts.ts'
import type { HealDeps } from './index.ts'
import { findHealing } from './memory.ts'
import { stateNow } from './permit.ts'

/** Where people answer what the loop asked: the state is read from the vendor again before a yes counts. */
export interface PermitDesk extends Pick<Permits, 'find' | 'list'> {
  answer(id: string, answer: PermitAnswer): Promise<Permit>
}

export function createPermitDesk(deps: HealDeps): PermitDesk {
  const { permits, store } = deps
  return {
    find: permits.find,
    list: permits.list,
    async answer(id, answer) {
      const permit = await permits.find(id)
      if (permit === undefined)
        throw new NotFound(`there is no permit ${id.slice(0, 80)}: see the ones that wait on the dashboard`)
      const healing = await findHealing(store.db, permit.flowId)
      // A permit waits only after its case wrote down what it was decided from.
      const facts = healing?.inputs as Facts | null | undefined
      return await permits.answer(id, answer, facts == null ? permit.bound : await stateNow(deps, facts))
    },
  }
}
