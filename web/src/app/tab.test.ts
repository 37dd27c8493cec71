import { describe, expect, it } from 'vitest'
import type { NowView } from '../../../src/contract/views.ts'
import { stateOf } from './tab.ts'

const quiet: NowView = { sentence: '', stopped: false, needsYou: [], mending: [], pipelines: [] }
const some = <T>(n: number) => Array.from({ length: n }, () => ({}) as T)
const mending = some<NowView['mending'][number]>(1)
const needsYou = some<NowView['needsYou'][number]>(3)
const pipelines = some<NowView['pipelines'][number]>(2)

describe('the state of the whole', () => {
  it.each([
    [quiet, 'unknown'],
    [{ ...quiet, pipelines }, 'pass'],
    [{ ...quiet, pipelines, mending }, 'mended'],
    [{ ...quiet, mending, needsYou }, 'fail'],
    [{ ...quiet, stopped: true, needsYou }, 'held'],
  ] as const)('is the worst thing that is true', (now, state) => expect(stateOf(now)).toBe(state))
})
