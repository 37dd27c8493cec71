import { createExpressions } from '../expressions/expressions.ts'

/**
 * Words of the trade that speak for a cause in whatever tool's output they stand. They make features of the model,
 * which learns what each is worth where; few labelled logs are enough for that, and unknown tools are met half-way.
 * Each expression is tested against one line of at most 400 characters, in lower case.
 */
export interface Concept {
  readonly name: string
  readonly words: RegExp
}

const concepts: readonly Concept[] = [
  { name: 'tests', words: /\b(?:tests?|specs?|testcases?|test cases?|suites?|scenarios?|examples?)\b/ },
  {
    name: 'tests failed',
    words:
      /\b(?:tests?|specs?|suites?|scenarios?|examples?|cases?)\b.{0,30}\bfail|\bfail\w{0,4}\b.{0,30}\b(?:tests?|specs?|suites?|scenarios?|cases?)\b|[1-9]\d{0,5} (?:failed|failures?|failing|errored)|failures?: ?[1-9]|failed:? [1-9]/,
  },
  { name: 'no test failed', words: /\b0 (?:failed|failures?|failing)\b|failures?: ?0\b|failed: ?0\b|all tests passed/ },
  {
    name: 'expectation',
    words:
      /\bexpect(?:ed|ing|s)?\b|\bactual(?:ly)?\b|\bassert\w{0,30}|\bshould (?:be|have|equal|not|return|match)\b|\bto (?:equal|be|match)\b|\bbut (?:was|got|found)\b|\bgot:/,
  },
  {
    name: 'mark of a failed test',
    words: /^\s{0,12}(?:[✗✖✘×●✕]|\[-\] |not ok \d|--- fail|\d{1,4}\) |fail(?:ed|ure)?[:!]? )/,
  },
  { name: 'mark of a passed test', words: /^\s{0,20}(?:[✓✔√]|\[\+\] |ok \d|--- pass|pass(?:ed)?[:!]? )/ },
  {
    name: 'test file',
    words:
      /(?:^|[\s/(])(?:tests?|specs?|__tests__|testing)\/|[\w-](?:_test|_spec|\.test|\.spec|tests?)\.\w{1,6}\b|\btest_\w{1,60}\.\w{1,4}\b/,
  },
  {
    name: 'flaky',
    words:
      /\bflak(?:y|e|iness)\b|\bintermittent|\bretry(?:ing)? (?:the )?tests?\b|\bre-?run(?:ning)?\b.{0,30}\btests?\b|\btests?\b.{0,30}\b(?:re-?run|retried|retry)\b/,
  },
  {
    name: 'waited in vain',
    words:
      /\btime[d-]? ?out\b|\btimeout\b|\btook too long\b|\bdeadline exceeded\b|\bnot called within\b|\bwaited for\b/,
  },
  {
    name: 'style',
    words:
      /\blint(?:er|ing|s|ed)?\b|\bstyle\b|\bwhitespace\b|\bindent(?:ation|ed)?\b|\btrailing\b|\bline (?:is )?too long\b|\bline length\b|\bunused (?:variable|import)|\bformat(?:ted|ting)?\b|\bconventions?\b|\bspelling\b|\btypos?\b|\bmissing (?:semicolon|newline|docstring|header|heading|licen[cs]e)\b|\bno newline\b|\bprettier\b|\bcopyright\b|\b[a-z]+\/[a-z]+(?:-[a-z]+)+$/,
  },
  {
    name: 'rule',
    words:
      /\b(?:must|should|may|shall) (?:not |only )?(?:be|start|end|begin|contain|have|use|match|appear|come)\b|\bnot allowed\b|\bforbidden (?:word|character|pattern)|\bdisallowed\b|\bviolat(?:es?|ions?)\b|\brules?\b|\bavoid\b|\bprefer\b|\binstead of\b|\bplease (?:use|fix|remove|run|add|sort|do not|don't)\b|\balphabetical|\bduplicates?\b|\bsorted\b|\border(?:ed|ing)\b|\bheadings?\b|\bnaming\b/,
  },
  {
    name: 'gate',
    words:
      /\bcoverage\b.{0,40}\b(?:below|less|under|not met|decreas|fail|minimum|threshold)|\bthreshold\b|\bbudget\b|\bsize limit\b|\bexceed(?:s|ed) the (?:size|limit|maximum)|\bbinary.{0,3}compatib|mima|\bbinary compatib|\bincompatib\w{1,6} with version/,
  },
  {
    name: 'name of a rule',
    words:
      /\((?:@?[a-z]{2,20}\/)?[a-z]{2,20}(?:-[a-z]{2,20}){0,6}\)$|\s{2}[a-z]{2,20}(?:-[a-z]{2,20}){1,6}$|\[[a-z]{2,20}(?:-[a-z]{2,20}){1,6}\]$|\b[a-z]{1,3}\d{3,4}\b/,
  },
  {
    name: 'not as committed',
    words:
      /\bcommit (?:the|your|these|all) |\bnot up[- ]to[- ]date\b|\bout of (?:date|sync)\b|\bre-?generate|\brebuild\b|\buncommitted\b|\bdiffers? from\b|\bdoes(?: not|n't) match\b|\bseems? to be missing\b|\bworking tree\b|\bfiles? (?:were|was|have been|has been) (?:changed|modified)\b/,
  },
  {
    name: 'data file',
    words:
      /\bcannot start any token\b|\bwhile (?:scanning|parsing)\b|\bdid not find expected\b|\bmapping values\b|\binvalid (?:json|yaml|xml|toml|utf-?8|encoding|front ?matter)\b|\bencoding\b|\bmalformed\b|\bnot well-formed\b|\bunexpected (?:character|end of)/,
  },
  {
    name: 'publishing',
    words: /\b(?:deploy|publish|upload|releas)\w{0,5}\b|\bfailed to push\b|\b(?:docker|git) push\b|\bs3\b/,
  },
  {
    name: 'place',
    words: /^\s{0,8}(?:[✗✖]|error:?|warning:?)?\s{0,3}[\w@+~./\\-]{1,150}\.\w{1,10}(?::\d{1,6}|\(\d{1,6})/,
  },
  {
    name: 'count of problems',
    words: /\b(?:found )?[1-9]\d{0,5} (?:errors?|problems?|warnings?|offens?es|violations?|issues?)\b/,
  },
  { name: 'document', words: /[\w-]\.(?:md|markdown|rst|adoc|tex|txt|html)\b/ },
  { name: 'diff', words: /^\s{0,4}(?:diff --git|@@ |--- a\/|\+\+\+ b\/|[+-]{3} )/ },
  {
    name: 'compiler',
    words:
      /\bcompil(?:e|er|ation|ing)\b|\bsyntax ?error\b|\bparse ?error\b|\bundeclared\b|\bundefined (?:reference|symbol|variable|function)|\bcannot find symbol\b|\bnot in scope\b|\btype ?error\b|\btype mismatch\b|\bmismatched types\b|\bno such module\b|\bunexpected (?:token|end|indent)|\bdoes not exist in\b|\bcould not match\b|\bundefined in\b|\bunbound\b|\bunmatched\b|\bunresolved (?:reference|identifier|import)|\bno matching function\b|\bincompatible type|\bexpected [;{})]|\bnot a member of\b|\berror\[e\d{4}\]|\berror:? ts\d|\bld: |\blinker\b/,
  },
  {
    name: 'place in source',
    words:
      /[\w-]\.(?:c|cc|cpp|cxx|h|hpp|java|kt|scala|rs|go|swift|m|mm|hs|ml|cs|fs|ts|tsx|d|elm|zig|erl|ex|coffee|purs):\d|\.(?:java|kt|scala|cs|ts)[[(:]\d/,
  },
  {
    name: 'package',
    words:
      /\b(?:could not|cannot|can't|unable to|failed to) (?:resolve|find|fetch|download|install|satisfy|get|load)\b.{0,60}\b(?:packages?|dependenc|versions?|modules?|artifacts?|gems?|crates?|libs?|library|pom|formula|plugins?|requirements?)|\bno matching (?:version|distribution|package)\b|\bversion (?:conflict|solving)|\bdependenc(?:y|ies)\b|\block ?file\b|\bpeer dep|\bpackage\b.{0,40}\b(?:not found|unavailable|does not exist|has no)\b|\bno version of\b|\bis unavailable\b|\brequires?\b.{0,60}\bbut\b|\bunmet\b|\bincompatible\b/,
  },
  {
    name: 'own file missing',
    words: /\b(?:module|file|import|include)\b.{0,20}['"`](?:\.{1,2}\/|\/|[a-z]:\\)/,
  },
  {
    name: 'installing',
    words:
      /\b(?:install(?:ing|ed|ation)?|download(?:ing|ed)?|fetch(?:ing|ed)?|resolv(?:e|ing)|bundle|npm i|pip|apt|brew|cabal|stack|carthage|pod|gem|yarn|composer)\b/,
  },
  {
    name: 'network',
    words:
      /\bcould not (?:create|establish) (?:a )?connection\b|\bconnect(?:ion)?\b.{0,20}\b(?:refused|reset|timed? ?out|closed|failed|aborted)|\b(?:50[0234]|429)\b.{0,30}(?:error|gateway|unavailable|too many)|\bbad gateway\b|\bservice unavailable\b|\bcould not resolve host|\bname resolution\b|\bno route to host\b|\bunreachable\b|\bssl\b.{0,40}\b(?:error|failed|verify)|\btls handshake\b|\becon(?:nreset|nrefused)\b|\betimedout\b|\bsocket hang up\b|\bnetwork (?:error|is|timeout)|\bremote end hung up\b|\bhttp error\b|\brate limit/,
  },
  {
    name: 'link',
    words:
      /\b(?:broken|dead|invalid) (?:links?|urls?)\b|\blinks?\b.{0,30}\b(?:broken|dead|fail)|\b(?:40[0-9]|50[0-9]|301|302)\b.{0,12}https?:|https?:\S{1,200} .{0,20}\b(?:40[0-9]|50[0-9]|301|302)\b/,
  },
  {
    name: 'rights',
    words:
      /\bunauthori[sz]ed\b|\bpermission denied\b|\baccess denied\b|\bforbidden\b|\bauthenticat|\bcredentials?\b|\bpasswords?\b|\btoken\b.{0,40}\b(?:missing|invalid|expired|required|not set)|\blogin\b.{0,20}\bfail|\b(?:api|access) key\b|\bsecret\b|\b(?:401|403)\b|\bnot authori[sz]ed\b|\bpublickey\b/,
  },
  {
    name: 'environment',
    words:
      /\bcommand not found\b|\bno such file or directory\b|\bnot (?:set|defined|installed)\b|\bunknown (?:option|command|argument)|\binvalid option\b|\bmissing (?:script|file|argument|environment)|\bno rakefile\b|\bnot found in path\b|\bcannot execute\b|\bis not recognized\b|\bconfig(?:uration)?\b.{0,40}\b(?:invalid|error|missing|not found)|\bno default\b|\bcannot stat\b/,
  },
  {
    name: 'machine',
    words:
      /\bdocker\b|\bdaemon\b|\bvirtual ?box\b|\bvagrant\b|\bsimulator\b|\bemulator\b|\bdevice\b|\bx ?server\b|\bdisplay\b|\bxvfb\b|\bno space left\b|\bdisk\b|\bport\b.{0,30}\bin use\b|\baddress already in use\b|\bgpg\b|\bkeyserver\b|\bjdk\b|\bjava_home\b|\bshared librar|\bcannot open shared object|\bunsupported class ?version|\bdatabase\b|\bmysql\b|\bpostgres/,
  },
  {
    name: 'died',
    words:
      /\bsegmentation fault\b|\bsegfault\b|\bsig(?:segv|abrt|bus|ill|fpe)\b|\bcore dumped\b|\bpanic\b|\baborted\b|\baccess violation\b|\bunhandled exception\b|\baddresssanitizer\b|\bmemory leak|\bleaksanitizer\b|\bundefinedbehaviorsanitizer\b|\bruntime error:|\bassertion .{0,80}failed\b|\bbus error\b|\bstack overflow\b|\bdouble free\b|\bheap-use-after-free\b|\bvalgrind\b|\binternal (?:compiler )?error\b|\bimpossible happened\b/,
  },
  {
    name: 'memory',
    words:
      /\bout of memory\b|\bcannot allocate\b|\boutofmemory|\boom\b|\bheap (?:space|out|limit)|\bgc overhead\b|\bkilled\b|\bexit(?:ed)?(?: with)?(?: code)? 137\b|\ballocation failed\b/,
  },
  {
    name: 'time limit',
    words:
      /\bno output has been received\b|\bmaximum time limit\b|\bexceeded the (?:maximum )?(?:time|job)|\bjob (?:has )?timed out\b|\bexecution (?:has )?timed out\b|\bterminated\b|\bexecution took longer\b/,
  },
  {
    name: 'checkout',
    words:
      /\bgit (?:clone|fetch|checkout|submodule)\b|\bpathspec\b|\bcouldn't find remote ref\b|\breference is not a tree\b|\bfatal: (?:could not|unable|reference|remote)|\bmerge conflict\b/,
  },
  { name: 'cancelled', words: /\bcancell?ed\b|\bwas aborted\b|\binterrupted\b/ },
  { name: 'exception', words: /\b\w{0,60}(?:exception|error)\b: |\btraceback\b|^\s{1,12}at \S{1,200}\(|\bcaused by:/ },
  { name: 'warning', words: /\bwarn(?:ing)?s?\b|\bdeprecat/ },
]

const conceptsOf = createExpressions(concepts.map(({ words }) => words))
const longestLine = 400

/** How many of these lines speak of each concept. */
export function conceptsIn(lines: readonly string[]): ReadonlyMap<Concept, number> {
  const counts = new Map<Concept, number>()
  for (const line of lines)
    conceptsOf(line.slice(0, longestLine).toLowerCase(), (place) => {
      const concept = concepts[place]
      if (concept !== undefined) counts.set(concept, (counts.get(concept) ?? 0) + 1)
    })
  return counts
}
