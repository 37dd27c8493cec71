import type { Pattern } from './pattern.ts'

/** Taskcluster's worker, mozharness, and the test harnesses of Mozilla. */
export const mozilla: readonly Pattern[] = [
  {
    id: 'taskcluster.exit',
    role: 'exit',
    literals: ['Unsuccessful task run with exit code: ', '[taskcluster:error] exit status '],
    regex: /^(?:Unsuccessful task run with exit code: |\[taskcluster:error\] exit status )(?<exitCode>-?\d{1,10})/,
    weight: 0.05,
    says: 'the worker says that the task failed',
    examples: {
      matches: [
        '[taskcluster 2026-01-31 10:11:12.123Z] Unsuccessful task run with exit code: 1 completed in 5.1 seconds',
        '[taskcluster:error] exit status 1',
      ],
      not: ['Successful task run with exit code: 0'],
    },
  },
  {
    id: 'taskcluster.timeout',
    role: 'cause',
    literals: ['max run time exceeded', 'Task timeout after '],
    regex: /max run time exceeded|Task timeout after \d/,
    category: 'res.timeout_job',
    weight: 0.95,
    says: 'the task ran longer than it may',
    examples: {
      matches: [
        '[taskcluster:error] Task aborted - max run time exceeded',
        '[taskcluster:error] Task timeout after 3600 seconds. Force killing container.',
      ],
      not: ['the timeout is 3600 seconds'],
    },
  },
  {
    id: 'taskcluster.error',
    role: 'hint',
    literals: [':error] ', ':exception] '],
    regex: /^\[[\w.-]{1,40}:(?:error|exception)\] (?!exit status)\S/,
    weight: 0.5,
    says: 'the worker reports an error',
    examples: {
      matches: ['[taskcluster:error] Aborting task...'],
      not: ['[taskcluster:error] exit status 1', 'error] x'],
    },
  },
  {
    id: 'mozilla.unexpected',
    role: 'cause',
    literals: ['TEST-UNEXPECTED-'],
    regex: /TEST-UNEXPECTED-(?!WARNING)[A-Z]{3,12}(?: \| (?<test>[^|]{1,300}))?/,
    category: 'code.test',
    weight: 0.92,
    phase: 'test',
    says: 'a test ended other than expected',
    examples: {
      matches: [
        '10:11:12     INFO - TEST-UNEXPECTED-FAIL | cart/test_add.js | adds up - got 2, expected 3',
        'REFTEST TEST-UNEXPECTED-PASS | a.html == b.html | image comparison',
      ],
      not: ['TEST-PASS | cart/test_add.js | adds up'],
    },
  },
  {
    id: 'mozilla.crash',
    role: 'cause',
    literals: ['PROCESS-CRASH |', 'Hit MOZ_CRASH(', '###!!! ABORT:', 'Assertion failure: '],
    regex: /PROCESS-CRASH \||Hit MOZ_CRASH\(|###!!! ABORT:|(?:^|[\s\]|])Assertion failure: \S/,
    category: 'code.crash',
    weight: 0.93,
    says: 'a process of the product crashed',
    examples: {
      matches: [
        '10:11:12     INFO - PROCESS-CRASH | application crashed [@ Cart::Add] | cart/test_add.js',
        'Assertion failure: mSize > 0, at Cart.cpp:12',
      ],
      not: ['no crash was seen'],
    },
  },
  {
    id: 'mozilla.leak',
    role: 'cause',
    literals: ['YOU ARE LEAKING THE WORLD', 'TEST-UNEXPECTED-'],
    regex: /YOU ARE LEAKING THE WORLD|TEST-UNEXPECTED-\w{1,12} \| leakcheck/,
    category: 'code.test',
    weight: 0.7,
    says: 'memory is leaked',
    examples: {
      matches: ['WARNING: YOU ARE LEAKING THE WORLD (at least one JSRuntime is alive)'],
      not: ['leakcheck | no leaks'],
    },
  },
  {
    id: 'mozharness.error',
    role: 'hint',
    marked: true,
    literals: ['ERROR - ', 'CRITICAL - ', 'FATAL - '],
    regex: /^\d\d:\d\d:\d\d +(?:ERROR|CRITICAL|FATAL) - \s{0,20}\S/,
    weight: 0.48,
    says: 'a line logged as an error',
    examples: {
      matches: ['10:11:12    ERROR -  it broke', '10:11:12    FATAL - Exiting -1'],
      not: ['10:11:12     INFO - no ERROR - here'],
    },
  },
]
