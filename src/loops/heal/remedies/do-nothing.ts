import type { Category } from '../../../model/diagnosis.ts'
import type { Remedy } from './remedy.ts'

const notOurs: Partial<Record<Category, string>> = {
  cascade: 'it failed only because a job it needs failed',
  'human.cancelled': 'a person cancelled it',
  superseded: 'a newer run took its place',
  'policy.blocked': 'it waits for an approval elsewhere',
}

/** Leave it: the right thing for what was meant, or what another case already handles. */
export const doNothing: Remedy<'do-nothing'> = {
  kind: 'do-nothing',
  awaits: 'nothing',
  consider(diagnosis, facts) {
    const nothingFailed = facts.failed.length === 0 && facts.run.beganNoJob !== true
    const why = nothingFailed ? 'no job of it failed any more' : notOurs[diagnosis.category]
    return why === undefined ? undefined : { remedy: 'do-nothing', why }
  },
  act: async (_plan, { facts }) => ({ kind: 'done', already: false, at: new Date(facts.at) }),
  prove: () => ({ held: null, sentence: 'Nothing was done, on purpose.' }),
}
