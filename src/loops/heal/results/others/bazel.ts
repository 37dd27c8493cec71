import { lineTool } from '../line-tool.ts'

/**
 * Bazel: a target is a test.
 *
 *     //shop:cart_test                                   FAILED in 0.3s
 *     Executed 3 out of 5 tests: 2 tests pass, 1 fails locally and 2 were skipped.
 */
export const bazel = lineTool({
  name: 'bazel',
  family: 'other',
  builds: true,
  framework: 'bazel',
  literals: [
    'Executed ',
    ' FAILED in ',
    'TIMEOUT in ',
    ' FAILED TO BUILD',
    'Build completed',
    'INFO: Elapsed time: ',
    'Starting local Bazel server',
  ],
  speaks:
    /^(?:INFO: (?:Build completed|Analyzed |Elapsed time: )|Starting local Bazel server|(?:\(\d\d:\d\d:\d\d\) )?INFO: Build completed|\/\/\S)|^Executed \d{1,9} out of \d{1,9} tests?: /,
  runIsTold: true,
  totals: [
    /^Executed \d{1,9} out of (?<run>\d{1,9}) tests?: (?=(?:.{0,300}?(?<failed>\d{1,9}) fails? (?:locally|remotely|to build)|))(?=(?:.{0,300}?(?<skipped>\d{1,9}) (?:was|were) skipped|))/,
  ],
  failing: [
    /^(?<test>@{0,2}[\w.~+-]{0,200}\/\/\S{1,600})\s{1,200}(?:\(cached\) )?(?:FAILED|TIMEOUT|FAILED TO BUILD|REMOTE FAILURE)(?: in |\s*$)/,
  ],
  time: /^INFO: Elapsed time: (?<time>[\d.]{1,12})s/,
})
