import type { Pattern } from '../patterns/pattern.ts'
import { cleanLine } from './clean-line.ts'
import type { ErrorLine } from './reading.ts'
import type { Found } from './scan.ts'

/**
 * The lines that Mozilla's log viewer shows as the errors of a Taskcluster job. Its people have agreed on them for
 * years: which lines a sheriff must see is a convention of that CI, not a guess, so it is followed to the letter.
 * https://github.com/mozilla/treeherder/blob/master/treeherder/log_parser/parsers.py
 */

/** Travels through the one scan: these literals stand in every line that the convention can mean. */
export const errorLineMark: Pattern = {
  id: 'error-line',
  role: 'hint',
  literals: [
    '[taskcluster',
    'TEST-UNEXPECTED-',
    'atal error',
    'FATAL ERROR',
    'Hit MOZ_CRASH',
    'REFTEST ERROR',
    'PROCESS-CRASH',
    'Assertion fail',
    '###!!! ABORT:',
    'SUMMARY: ',
    'ThreadSanitizer: nested bug',
    'Automation Error:',
    'command timed out:',
    'wget: unable ',
    'bash.exe: *** ',
    'run with exit code: 137',
    'YOU ARE LEAKING',
    ': ***',
    'Error:',
    'Exception: ',
    '[  FAILED  ]',
    'remoteFailed:',
    'rm: cannot ',
    'abort:',
    'error: ',
    ':error]',
    ':exception]',
    ' error(',
    ':error:',
    ': error:',
    ' error C',
    ' error RC',
    'ERROR - ',
    'CRITICAL - ',
    'FATAL - ',
    'ERROR 4',
    'ERROR 5',
  ],
  regex: /^/,
  weight: 0,
  examples: { matches: [], not: [] },
}

/** The viewer shows no more of them. */
const maxErrorLines = 40
/** And looks at no more of a line. */
const lineChars = 500

/** Collects error lines, once the log has shown that it is Taskcluster's. */
export function createErrorLines() {
  const lines: ErrorLine[] = []
  let isTaskcluster = false

  return {
    see({ line, raw }: Pick<Found, 'line' | 'raw'>): void {
      if (raw.startsWith('[taskcluster')) isTaskcluster = true
      if (!isTaskcluster || lines.length >= maxErrorLines) return
      const text = cleanLine(raw.slice(0, lineChars)).marked.trimEnd()
      if (isErrorLine(text) && lines.at(-1)?.text !== text) lines.push({ line, text })
    },
    lines: (): readonly ErrorLine[] => lines,
  }
}

/** `text` is without the timestamp of the worker; the level that mozharness writes still stands before it. */
export function isErrorLine(text: string): boolean {
  if (passed.test(text)) return false
  if (/^\d+:\d+:\d+ +(?:ERROR|CRITICAL|FATAL) - /.test(text)) return true
  const said = text.replace(/^\d+:\d+:\d+ +(?:DEBUG|INFO|WARNING) - +/, '')
  if (harmless.test(said)) return false
  return anywhere.some((words) => said.includes(words)) || atStart.test(said) || within.test(said)
}

const passed = /TEST-(?:INFO|PASS) |A content process crashed and MOZ_CRASHREPORTER_SHUTDOWN is set, shutting down/
const harmless =
  /I[ /](?:Gecko|TestRunner).*TEST-UNEXPECTED-|Assertion failure$|^TEST-UNEXPECTED-WARNING\b|^TimeoutException: |^ImportError: No module named pygtk$|non-fatal error/
const anywhere = [
  'TEST-UNEXPECTED-',
  'fatal error',
  'FATAL ERROR',
  'Hit MOZ_CRASH',
  'REFTEST ERROR',
  'PROCESS-CRASH',
  'Assertion fail',
  '###!!! ABORT:',
  'SUMMARY: AddressSanitizer',
  'SUMMARY: ThreadSanitizer',
  'SUMMARY: UndefinedBehaviorSanitizer',
  'ThreadSanitizer: nested bug',
  'Automation Error:',
  'command timed out:',
  'wget: unable ',
  'bash.exe: *** ',
  'Unsuccessful task run with exit code: 137',
  'YOU ARE LEAKING THE WORLD',
]
const atStart =
  /^(?:g?make(?:\[\d+\])?: \*\*\*|[A-Za-z.]+Error: |[A-Za-z.]*Exception: |\[ {2}FAILED {2}\] |remoteFailed:|rm: cannot |abort:|error: |\[taskcluster\] Error:|\[[\w._-]+:(?:error|exception)\])/
const within = / error\(\d*\):|:\d+: error:| error R?C\d*:|ERROR [45]\d\d:|mozmake\.(?:exe|EXE)(?:\[\d+\])?: \*\*\*/
