import { describe, expect, it } from 'vitest'
import { verdict } from './verdict.ts'

const diagnosis = {
  abstained: false,
  category: 'dep.resolve',
  confidence: 0.87,
  categories: [
    { category: 'dep.resolve', p: 0.87 },
    { category: 'ext.service_5xx', p: 0.08 },
    { category: 'config.env', p: 0.03 },
    { category: 'code.test', p: 0.01 },
  ],
  location: null,
  owner: 'author',
  phase: 'prepare' as const,
}

describe('the verdict on a failure', () => {
  it('says what broke, where, whose it is, how sure, what else, how often', () => {
    expect(verdict({ diagnosis, seen: { times: 3, since: null } })).toBe(
      'A dependency cannot be found, in the prepare phase: the author’s to mend; 87 % sure, else a service outside is broken (8 %) or the environment lacks something (3 %); seen 3 times before.',
    )
  })

  it('names the place in the code when there is one, and nothing else when nothing else is likely', () => {
    const place = { file: 'src/cart.ts', line: 12 }
    const sure = { ...diagnosis, category: 'code.compile', confidence: 1, categories: [], location: place }
    expect(verdict({ diagnosis: sure, seen: { times: 0, since: null } })).toBe(
      'The code does not compile, in src/cart.ts, line 12: the author’s to mend; 100 % sure; never seen before.',
    )
  })

  it('does not guess when the diagnosis abstained', () => {
    const unsure = { ...diagnosis, abstained: true, category: 'unknown', owner: 'triage' }
    expect(verdict({ diagnosis: unsure, seen: { times: 1, since: null } })).toBe(
      'Mendline does not know the cause of this failure in the prepare phase and will not guess; it could be a dependency cannot be found (87 %), a service outside is broken (8 %) or the environment lacks something (3 %); seen once before.',
    )
  })
})
