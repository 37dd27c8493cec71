import { createExpressions } from '../expressions/expressions.ts'

/**
 * What one line looks like, whatever tool wrote it. Every expression is linear in the line, and lines are cut before.
 */
export interface Looks {
  readonly blank: boolean
  readonly indent: number
  readonly length: number
  readonly words: number
  readonly digits: number
  readonly capitals: number
  readonly signs: number
  /** One entry for each of `lookNames`: 1 when the line looks so. */
  readonly is: readonly number[]
}

const looks: readonly (readonly [name: string, expression: RegExp])[] = [
  [
    'error-word',
    /\b(?:errors?|fail(?:ed|ure|ures|s|ing)?|fatal|panic(?:ked)?|abort(?:ed|ing)?|traceback|crash(?:ed)?|segfault|broken)\b|error:|[a-z](?:Error|Exception|Failure)\b|ERR!|✖|✗|✘|×|●/i,
  ],
  ['error-capital', /\b(?:ERRORS?|FAIL(?:ED|URES?)?|FATAL|PANIC|ABORTED|BROKEN|CRASH(?:ED)?)\b|ERR!/],
  ['error-start', /^\W{0,12}(?:\w{1,30}\W{1,3}){0,2}(?:error|fail(?:ed|ure)?|fatal|panic|exception)\b/i],
  ['error-colon', /(?:error|failed|failure|exception|fatal|panic)(?:\[\w{1,10}\])?\s?:/i],
  ['error-name', /\b[A-Z]\w{2,60}(?:Error|Exception|Failure)\b/],
  [
    'complaint',
    /\b(?:cannot|can't|could ?n[o']t|unable|not (?:found|exist|defined|allowed|recognized|supported|installed|available|match(?:ed|ing)?|permitted|valid)|no such|missing|invalid|undefined|unexpected|unknown|denied|refused|rejected|timed? ?out|unresolved|unsatisfied|illegal|incompatible|conflicts?|mismatch|killed|terminated|forbidden|unauthorized|does(?: not|n't)|did(?: not|n't)|is(?: not|n't)|must|should|too (?:many|long|large)|exceed(?:ed|s)?|violat\w{2,6}|wrong|bad|forgot)\b/i,
  ],
  ['expectation', /\b(?:expect(?:ed|ing|s)?|actual(?:ly)?|assert\w{0,12}|got|want(?:ed)?|received|but was)\b/i],
  ['warning', /\bwarn(?:ing|ings|ed)?\b|deprecat/i],
  ['fine', /\b(?:ok|pass(?:ed|es|ing)?|succe(?:ss|ssful|ssfully|eded)|done|up[ -]to[ -]date|yes|completed?)\b|✓|✔|√/i],
  [
    'none-failed',
    /\b(?:0|no) (?:errors?|failures?|failed|failing|problems?|warnings?)\b|(?:failed|failures|errors): 0\b/i,
  ],
  [
    'tally',
    /\b\d{1,7} (?:\w{1,12} )?(?:passing|passed|failing|failed|failures?|errors?|tests?|examples?|assertions|problems?|warnings?|specs?|suites?|offenses|skipped|pending|issues?)\b|Tests run:|^\s{0,4}(?:Tests?|Failures?|Errors?|Issues?|Results?)\s?:/i,
  ],
  [
    'frame',
    /^\s{1,20}at \S|^\s{0,20}File ".{1,200}", line \d|^\s{0,10}#?\d{1,4}:?\s{1,8}0x|^\s{0,20}from \S{1,200}:\d|:\d{1,6}:in [`']|^\s{0,10}\.\.\. \d{1,4} more|^\s{0,20}@ \S|^goroutine \d|^\t\S{1,200}:\d{1,6} \+0x|^\s{0,20}\(\w{1,40}(?: \d\S{0,20})?\) \S{1,200}:\d/,
  ],
  ['location', /\w\.[A-Za-z]{1,10}[:(]\d{1,6}|\bline:? \d{1,6}\b|\[L\d{1,6}\]/],
  ['location-start', /^\s{0,8}(?:\[?\w{1,10}\]?:? )?[\w./\\@+-]{1,200}\.[A-Za-z]{1,10}[:(]\d{1,6}/],
  ['place-only', /^\s{0,8}\d{1,6}:\d{1,5}\s/],
  ['ruler', /^\s{0,8}([-=_*#~+.─═━])(?:\s?\1){5,}/],
  ['ruler-title', /^\s{0,8}[-=_*#~─═━]{2,40} ?\S.{0,120}? ?[-=_*#~─═━]{2,}\s{0,3}$/],
  ['caret', /^[\s|]{0,200}[~^]{1,200}[\s~^]{0,200}$/],
  ['quoted', /^\s{0,8}>?\s{0,6}\d{1,6}\s{0,4}[|│]|^\s{0,8}[|│]\s/],
  ['added', /^\s{0,8}\+(?!\+)/],
  ['removed', /^\s{0,8}-(?!-)/],
  ['hunk', /^(?:@@ |diff --git|index [0-9a-f]{6}|--- \S|\+\+\+ \S)/],
  ['numbered', /^\s{0,8}\[?\d{1,4}[).\]]\s/],
  ['bullet', /^\s{0,8}[*•●○✖✗✘×→>-]\s/],
  [
    'test-name',
    /^\s{0,8}(?:---? )?(?:FAIL|FAILED|not ok|ERROR|F)\b[: ]|<<< (?:FAILURE|ERROR)|\[-\]|\(FAILED|\.\.\. ?(?:FAILED|ERROR|FAIL)/,
  ],
  ['command', /^\s{0,4}(?:\$|\+{1,4}|>|#) \S|^\[command\]|^Run \S/],
  ['script', /^\s{0,4}> \S{1,100}@\S{1,60} \S/],
  [
    'fetching',
    /\b(?:download(?:ing|ed)?|fetch(?:ing|ed)?|install(?:ing|ed)?|extracting|unpacking|resolving|retrieving|collecting|cloning|receiving|get:\d)\b/i,
  ],
  [
    'building',
    /\b(?:compil(?:ing|ed)|building|built|linking|generating|generated|writing|wrote|creating|created|running|starting|executing|checking)\b/i,
  ],
  ['progress', /\b\d{1,3}(?:\.\d{1,3})?\s?%/],
  ['colon-end', /:\s{0,4}$/],
  ['dots-end', /\.{3}\s{0,4}$/],
  [
    'advice',
    /\b(?:see|try|run|use|please|more (?:info|details)|for help|hint|help|note|re-run|to (?:fix|update|install))\b/i,
  ],
  [
    'exit',
    /\bexit(?:ed)?(?: with)?(?: code| status)?:? \d|exit (?:code|status)|returned (?:a non-zero|exit)|command .{1,200} failed|errno \d|Error \d{1,3}$|ELIFECYCLE|Process completed/i,
  ],
  [
    'summary',
    /\b(?:BUILD FAILED|BUILD FAILURE|FAILURES?!|Test failed|Tests? FAILED|build failed|aborted!|summary|Failed tests|failed tests|failures:|Issues :)/,
  ],
  ['cause', /^\s{0,12}(?:Caused by|Reason|Cause|Message|Details?)\b/],
  ['log-prefix', /^\[?(?:\d{2,4}[-/:.]){2}\S{0,12}/],
  ['info', /\b(?:INFO|DEBUG|TRACE|info|debug|notice)\b/],
  ['key-value', /^\s{0,8}[\w.-]{1,40}\s?[=:]\s?\S/],
  ['assignment', /^\s{0,8}(?:export )?[A-Z][A-Z0-9_]{2,50}=/],
  ['url', /https?:\/\//],
  ['path', /(?:^|\s)(?:\/|\.\/|[A-Z]:\\)\S{3,}/],
  ['setup', /travis_fold|travis_time|^Setting environment|^Worker information|^##\[(?:end)?group\]|^\[Pipeline\]/],
  ['sentence', /^[A-Z][a-z]{1,20} (?:[\w'"`-]{1,20},? ){3,}/],
  ['code', /[;{}]\s{0,4}$|^\s{0,20}(?:if|for|return|import|def|class|const|let|var|end|else)\b|[=!]=|=>|->|\(\)/],
]

export const lookNames: readonly string[] = looks.map(([name]) => name)

const expressionsIn = createExpressions(looks.map(([, expression]) => expression))
const empty = new Array<number>(looks.length).fill(0)
const cut = 600

export function looksOf(line: string): Looks {
  const text = line.length > cut ? line.slice(0, cut) : line
  const trimmed = text.trim()
  if (trimmed === '')
    return { blank: true, indent: 0, length: 0, words: 0, digits: 0, capitals: 0, signs: 0, is: empty }
  let digits = 0
  let capitals = 0
  let letters = 0
  let blanks = 0
  for (let at = 0; at < trimmed.length; at += 1) {
    const code = trimmed.charCodeAt(at)
    if (code >= 0x30 && code <= 0x39) digits += 1
    else if (code >= 0x41 && code <= 0x5a) capitals += 1
    else if ((code >= 0x61 && code <= 0x7a) || code > 0x7f) letters += 1
    else if (code === 0x20) blanks += 1
  }
  const { length } = trimmed
  const is = empty.slice()
  expressionsIn(text, (look) => {
    is[look] = 1
  })
  return {
    blank: false,
    indent: text.length - text.trimStart().length,
    length: line.length,
    words: blanks + 1,
    digits: digits / length,
    capitals: capitals / Math.max(1, capitals + letters),
    signs: (length - digits - capitals - letters - blanks) / length,
    is,
  }
}
