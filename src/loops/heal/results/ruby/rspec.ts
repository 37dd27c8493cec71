import { lineTool } from '../line-tool.ts'

/**
 * RSpec:
 *
 *     Finished in 1.2 seconds (files took 0.3 seconds to load)
 *     12 examples, 1 failure, 2 pending, 1 error occurred outside of examples
 *     rspec ./spec/cart_spec.rb:12 # Cart when empty adds
 */
export const rspec = lineTool({
  name: 'rspec',
  family: 'ruby',
  within: ['hspec'],
  literals: [' examples, ', ' example, ', 'rspec ./', "rspec '", 'Finished in '],
  totals: [
    /^\s{0,4}(?<run>\d{1,9}) examples?, (?<failed>\d{1,9}) failures?(?:, (?<skipped>\d{1,9}) pending)?(?:, (?<errors>\d{1,9}) errors? occurred outside of examples)?\s*$/,
  ],
  failing: [/^\s{0,4}rspec (?:'\S.{0,400}?'|\.?\S{1,400}) # (?<test>\S.{0,1500}?)\s*$/],
  time: /^Finished in (?:(?<minutes>\d{1,5}) minutes? )?(?<time>[\d.]{1,12}) seconds?\b/,
})
