import type { Pattern } from './pattern.ts'

/** Words by which any program complains. They show where to look and name no cause. */
export const generic: readonly Pattern[] = [
  {
    id: 'shell.script-shown',
    role: 'noise',
    literals: ['echo ', 'printf ', 'if [', 'if ! ', 'while [', 'while ! '],
    regex:
      /^\s{0,16}(?:\+ )?(?:(?:\|\| |&& |then |else |do )?(?:echo|printf)) (?:-\w{1,4} |>&2 |1>&2 )?["'$\w]|^\s{0,16}(?:\+ )?(?:(?:el)?if|while) (?:\[|! )/,
    weight: 0.1,
    says: 'a script that is shown before it runs, not what it says',
    examples: {
      matches: [
        '  echo >&2 "ERROR: the lock file is out of date"',
        '+ echo "Error: no"',
        'if [[ -z $CART ]]; then fail "CART is not set"; fi',
      ],
      // Travis begins a command so, and that mark must be seen.
      not: ['Error: echo "x" failed', '$ echo "Error: no"'],
    },
  },
  {
    id: 'generic.harmless',
    role: 'noise',
    literals: [': Unable to connect to Upstart', 'caniuse-lite is outdated'],
    regex: /^\w{3,20}: Unable to connect to Upstart|caniuse-lite is outdated/,
    weight: 0.1,
    says: 'a complaint that every machine of the kind makes',
    examples: {
      matches: [
        'initctl: Unable to connect to Upstart: Failed to connect to socket /com/ubuntu/upstart: Connection refused',
        'Browserslist: caniuse-lite is outdated. Please run next command `npm update`',
      ],
      not: ['Failed to connect to socket /run/cart.sock: Connection refused'],
    },
  },
  {
    id: 'generic.error',
    role: 'hint',
    literals: ['rror:', 'RROR:', 'RROR]', 'rror]', 'RROR ', 'ERR!'],
    regex:
      /^(?:\s{0,8}|.{0,60}[\s:\]>)]|\S{0,40})\[?(?:fatal |internal |system |\w{1,40})?(?:ERROR|[Ee]rror|ERR!)\]?(?::|\]|\s)\s?(?! {0,4}0$)\S/,
    weight: 0.34,
    says: 'a line that calls itself an error',
    examples: {
      matches: ['Error: something broke', '[ERROR] Failed', 'TypeError: x is not a function'],
      not: ['no errors found', '# ERROR: 0'],
    },
  },
  {
    id: 'generic.fatal',
    role: 'hint',
    literals: ['fatal:', 'FATAL', 'Fatal error', 'panic:', 'aborted!', 'Aborting', 'ABORTING'],
    regex: /^(?:.{0,60}[\s:\]>])?(?:fatal: |FATAL\b|Fatal error\b|panic: |\w{1,40} aborted!|Aborting\b|ABORTING\b)/,
    weight: 0.42,
    says: 'a program gave up',
    examples: { matches: ['fatal: not a git repository', 'rake aborted!'], not: ['non-fatal warning'] },
  },
  {
    id: 'generic.exception',
    role: 'hint',
    literals: [
      'Exception:',
      'Exception\n',
      'Exception\r',
      'Exception in thread',
      'nhandled exception',
      'nhandled Exception',
      'ncaught exception',
      'ncaught Exception',
    ],
    regex:
      /^(?:.{0,80}[\s:\]>])?(?:Exception in thread|Unhandled (?:exception|Exception)|Uncaught [Ee]xception|(?:[A-Za-z_$][\w$]{0,60}[.:]){0,10}[A-Z][A-Za-z]{0,60}Exception(?::|$))/,
    weight: 0.36,
    says: 'an exception that nobody caught',
    examples: {
      matches: [
        'Exception in thread "main" java.lang.IllegalStateException: no',
        'java.lang.IllegalStateException: no',
      ],
      not: ['with the exception of'],
    },
  },
  {
    id: 'generic.failed',
    role: 'hint',
    literals: ['failed', 'FAILED', 'Failed', 'FAILURE', 'FAIL:'],
    regex:
      /^(?!.{0,200}(?: 0 failed|failed: 0|Failed: 0|0 failures))(?:.{0,120}[\s:\]>(]|)(?:failed|FAILED|Failed|FAILURE|FAIL:)(?:[\s:!.)]|$)/,
    weight: 0.26,
    says: 'a line that says that something failed',
    examples: { matches: ['Build FAILED', 'the command failed with 3'], not: ['12 passed, 0 failed', 'failed: 0'] },
  },
  {
    id: 'generic.traceback',
    role: 'hint',
    tool: 'python',
    literals: ['Traceback (most recent call last)'],
    regex: /Traceback \(most recent call last\):/,
    weight: 0.45,
    span: { after: 60, through: /^(?:E\s+)?\w[\w.]{0,100}(?::|$)/ },
    says: 'a Python program stopped with an exception',
    examples: { matches: ['Traceback (most recent call last):'], not: ['traceback.print_exc()'] },
  },
  {
    id: 'shell.not-found',
    role: 'cause',
    literals: [
      'command not found',
      ': not found',
      'is not recognized as an internal or external command',
      'ommandNotFoundException',
    ],
    regex:
      /(?:^|\s)(?!:)\S{1,100}: (?:line \d{1,6}: )?(?:\d{1,6}: )?\S{1,100}: (?:command )?not found$|^\S{1,60}: command not found$|is not recognized as an internal or external command|CommandNotFoundException(?!\.class)/,
    category: 'config.env',
    weight: 0.72,
    says: 'a command is not installed',
    examples: {
      matches: ['/bin/sh: 1: foo: not found', 'bash: line 2: foo: command not found', 'sh: 1: jest: not found'],
      not: [
        '404: not found here',
        'file not found',
        '[warn] \t:: com.example#cart_2.13;1.0: not found',
        'added shop/CommandNotFoundException.class',
      ],
    },
  },
  {
    id: 'shell.no-such-file',
    role: 'hint',
    literals: ['No such file or directory'],
    regex: /^(?:\S{1,100}: ){0,3}.{1,200}: No such file or directory$/,
    category: 'config.env',
    weight: 0.4,
    says: 'a file is missing',
    examples: {
      matches: ['cat: missing.txt: No such file or directory', 'bash: ./run.sh: No such file or directory'],
      not: ['No such luck'],
    },
  },
  {
    id: 'shell.permission',
    role: 'cause',
    literals: ['ermission denied'],
    regex: /^(?:.{1,200}: )?.{1,200}: [Pp]ermission denied$/,
    category: 'config.env',
    weight: 0.6,
    says: 'a file may not be used',
    examples: { matches: ['bash: ./gradlew: Permission denied'], not: ['permission denied by policy test passed'] },
  },
  {
    id: 'make.error',
    role: 'hint',
    tool: 'make',
    literals: ['make: ***', ']: *** ', 'ninja: build stopped'],
    regex: /^(?:g?make(?:\[\d{1,3}\])?: \*\*\* .{1,300}(?:Error -?\d{1,5}|Stop\.)|ninja: build stopped)/,
    weight: 0.3,
    says: 'make stopped after an error above',
    examples: {
      matches: ['make: *** [Makefile:3: all] Error 2', 'make[1]: *** No rule to make target "x".  Stop.'],
      not: ['make: Nothing to be done'],
    },
  },
]
