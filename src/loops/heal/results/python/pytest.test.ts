import { describe, expect, it } from 'vitest'
import { toldBy } from '../told.fixture.ts'

const start = '============================= test session starts =============================='
const failures = '=================================== FAILURES ==================================='

describe('pytest', () => {
  it('names tests by their progress lines where no summary does', () => {
    const log = `${start}
tests/unit/test_cart.py .F.
tests/unit/test_till.py F
..F.                                                                     [100%]
${failures}
____________________________ CartTest.test_adds[1-2] ___________________________
_ test_with_a_name_so_long_that_it_leaves_no_room_for_a_ruler_at_all_on_one_line[parameter] _
_________________________________ test_closes __________________________________
============== 3 failed, 6 passed, 1 pytest-warnings in 0.28 seconds ===========`
    expect(toldBy(log)?.failing).toEqual([
      'tests.unit.test_cart::CartTest::test_adds[1-2]',
      'tests.unit.test_till::test_with_a_name_so_long_that_it_leaves_no_room_for_a_ruler_at_all_on_one_line[parameter]',
      'tests.unit.test_till::test_closes',
    ])
  })

  it('takes the file from the failure itself, unless that stands in a helper', () => {
    const log = `${start}
${failures}
___________________________________ test_adds __________________________________
tests/test_cart.py:12: AssertionError
___________________________________ scenario[7] ________________________________
shop/harness.py:30: in check
_________________________ [doctest] shop.cart.Cart.add _________________________
/home/runner/shop/shop/cart.py:9: UnexpectedException
3 failed, 1 passed in 99.88s (0:01:39)`
    expect(toldBy(log)).toMatchObject({
      run: 4,
      durationSeconds: 99.88,
      failing: ['tests.test_cart::test_adds', 'scenario[7]', 'shop.cart::Cart::add'],
    })
  })

  it('reads names of verbose lines, also by workers and behind what a test prints', () => {
    const log = `${start}
[gw1] [ 50%] FAILED tests/test_cart.py::TestCart::test_adds[a b]
tests/test_till.py::test_opens opening the till FAILED                   [ 60%]
==== 2 failed, 1 passed in 2.00s ====`
    expect(toldBy(log)?.failing).toEqual(['tests.test_cart::TestCart::test_adds[a b]', 'tests.test_till::test_opens'])
  })

  it('leaves expected failures out of the failing and counts both kinds', () => {
    const log = `${start}
=================================== XFAILURES ==================================
___________________________________ test_known _________________________________
=========================== short test summary info ============================
XFAIL tests/test_cart.py::test_known
FAILED tests/test_cart.py::test_adds[a - b] - assert 4 == 5
ERROR tests/test_till.py - ImportError: no till
==== 1 failed, 2 passed, 3 skipped, 1 xfailed, 1 xpassed, 1 error in 2.00s ====`
    expect(toldBy(log)).toMatchObject({
      run: 6,
      failed: 2,
      errored: 1,
      skipped: 3,
      expectedFailures: 1,
      unexpectedPasses: 1,
      failing: ['tests.test_cart::test_adds[a - b]', '(tests.test_till)'],
    })
  })
})
