import type { Pattern } from './pattern.ts'

/** Processes that a fault of their own ended, as the tools around them tell. */
export const crashes: readonly Pattern[] = [
  {
    id: 'ctest.crashed',
    role: 'cause',
    tool: 'ctest',
    literals: ['***Exception: '],
    regex: /\*\*\*Exception: (?:SegFault|Illegal|Numerical|Bus)/,
    category: 'code.crash',
    weight: 0.92,
    phase: 'test',
    span: { after: 4 },
    says: 'a test program died',
    examples: {
      matches: ['3/4 Test  #3: cart .............***Exception: SegFault  0.01 sec'],
      not: ['3/4 Test  #3: cart .............***Exception: Other  0.01 sec'],
    },
  },
  {
    id: 'crash.told',
    role: 'cause',
    literals: [
      'Caught deadly signal',
      'SIGSEGV while executing native code',
      'zend_mm_heap corrupted',
      'AccessViolationException',
      ' died with signal ',
      ' Abort trap: 6',
      ' Illegal instruction: 4',
      'Bus error: 10',
      'terminated by signal SIG',
      'SUMMARY: AddressSanitizer',
      'SUMMARY: ThreadSanitizer',
      'SUMMARY: MemorySanitizer',
      'SUMMARY: UndefinedBehaviorSanitizer',
    ],
    regex:
      /Caught deadly signal|SIGSEGV while executing native code|zend_mm_heap corrupted|AccessViolationException|\bdied with signal (?:4|6|7|8|11)\b|\d{2,8} (?:Abort trap: 6|Illegal instruction: 4|Bus error: 10)|terminated by signal SIG(?:SEGV|ABRT|BUS|ILL|FPE)|^(?:==\d{1,8}==)?SUMMARY: (?:Address|Thread|Memory|UndefinedBehavior)Sanitizer: /,
    category: 'code.crash',
    weight: 0.9,
    says: 'a process died of itself',
    examples: {
      matches: [
        'Vim: Caught deadly signal SEGV',
        'Got a SIGSEGV while executing native code. This usually indicates',
        'test/run.sh: line 12: 12345 Abort trap: 6           ./cart',
        'SUMMARY: AddressSanitizer: heap-buffer-overflow cart.c:12 in total',
      ],
      not: ['the child died with signal 15'],
    },
  },
]
