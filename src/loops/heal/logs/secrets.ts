import { prefixes } from './secret-prefixes.ts'

/**
 * Kinds of secrets that stand on one line. Plain data. A match is replaced by its first group, which is kept, and
 * `***`. Every expression is linear: bounded repeats of classes that exclude what follows them.
 */
export interface SecretKind {
  readonly kind: string
  /** One of these stands in every line that holds such a secret. */
  readonly literals: readonly string[]
  readonly regex: RegExp
  /** Further proof that a match is a secret and not a word: asked with the second group. */
  readonly sure?: (secret: string) => boolean
}

/** A token begins after something that is no part of a word; an escaped line break is none either. */
const prefixed = (kind: string, prefix: string, rest: string): SecretKind => ({
  kind,
  literals: [prefix],
  regex: new RegExp(`(^|\\\\[nrt]|[^A-Za-z0-9_])${prefix.replace(/[.$]/g, '\\$&')}${rest}`, 'g'),
})

export const secretKinds: readonly SecretKind[] = [
  ...prefixes.flatMap(([kind, all, rest]) => all.map((prefix) => prefixed(kind, prefix, rest))),
  {
    kind: 'Slack webhook',
    literals: ['hooks.slack.com/'],
    regex: /(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[A-Za-z0-9_/-]{20,120}/g,
  },
  {
    kind: 'Discord webhook',
    literals: ['/api/webhooks/'],
    regex: /(discord(?:app)?\.com\/api\/webhooks\/\d{10,25}\/)[\w-]{20,120}/g,
  },
  {
    kind: 'npm auth token',
    literals: ['_authToken', '_auth=', '_password='],
    regex: /(_(?:authToken|auth|password)\s?=\s?)"?[^\s"'$]{8,500}/g,
  },
  {
    kind: 'JSON web token',
    literals: ['eyJ'],
    regex: /(^|\\[nrt]|[^A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_-]{8,4000}(?:\.[A-Za-z0-9_-]{0,2000})?/g,
  },
  {
    kind: 'authorization header',
    literals: ['earer ', 'EARER '],
    regex: /(\b[Bb]earer )[A-Za-z0-9_.~+/=-]{16,4000}/gi,
    sure: looksRandom,
  },
  {
    kind: 'authorization header',
    literals: ['uthorization', 'UTHORIZATION'],
    regex:
      /(\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:basic|digest|token|bearer|apikey|negotiate)\s{1,3})[^\s"',;]{6,4000}/gi,
  },
  {
    kind: 'git extra header',
    literals: ['xtraheader', 'xtraHeader'],
    regex: /(extraheader[= ].{0,40}(?:basic|bearer) )[A-Za-z0-9_.~+/=-]{6,2000}/gi,
  },
  {
    kind: 'Azure storage key',
    literals: ['AccountKey=', 'SharedAccessKey=', 'SharedAccessSignature='],
    regex: /((?:AccountKey|SharedAccessKey|SharedAccessSignature)=)[^\s;"']{16,500}/g,
  },
  {
    kind: 'signed URL',
    literals: ['sig=', 'X-Amz-Signature=', 'X-Goog-Signature=', 'X-Amz-Security-Token='],
    regex: /([?&](?:sig|X-Amz-Signature|X-Goog-Signature|X-Amz-Security-Token)=)[A-Za-z0-9%+/=_-]{20,3000}/g,
  },
  {
    kind: 'AWS secret key',
    literals: ['ecret', 'SECRET'],
    regex: /(aws.{0,20}secret.{0,20}?["']?\s{0,3}[:=]\s{0,3}["']?)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/gi,
  },
  { kind: 'private key in base64', literals: ['LS0tLS1CRUdJTi'], regex: /()LS0tLS1CRUdJTi[A-Za-z0-9+/=]{20,20000}/g },
  {
    kind: 'private key as numbers',
    literals: ['"kty"', '<InverseQ>', '<D>'],
    regex: /("(?:d|p|q|dp|dq|qi)"\s?:\s?"|<(?:D|P|Q|DP|DQ|InverseQ)>)[A-Za-z0-9+/=_-]{20,2000}/g,
  },
  { kind: 'SSH password', literals: ['sshpass'], regex: /(\bsshpass\s{1,3}-p\s{0,3})\S{3,200}/g },
  {
    kind: 'password on a command line',
    literals: ['--password', '--token', '--pass ', '--pass='],
    regex: /(\s(?:--password|--token|--pass)[= ]["']?)(?![-$*<{])([^\s"']{6,300})/g,
    sure: looksRandom,
  },
  {
    kind: 'user and password for curl',
    literals: [' -u ', ' -u=', ' --user ', ' --user='],
    regex: /(\bcurl\b.{0,300}? (?:-u|--user)[ =]["']?[^\s:"']{1,100}:)(?![$*])[^\s"'@]{3,200}/g,
  },
  {
    kind: 'password for docker',
    literals: ['docker login', 'podman login'],
    regex: /( login .{0,300}? -p[ =]?["']?)(?![$*])[^\s"']{3,200}/g,
  },
  {
    kind: 'password for MySQL',
    literals: ['mysql'],
    regex: /(\bmysql(?:admin|dump)?\b.{0,200}? -p)(?![$*])([^\s"']{4,100})/g,
    sure: looksRandom,
  },
  {
    kind: 'password in a netrc',
    literals: [' login '],
    regex: /(\bmachine \S{1,200} login \S{1,200} password )\S{3,300}/g,
  },
  { kind: 'cookie', literals: ['ookie: '], regex: /(\b(?:Set-)?Cookie: [^=;\s]{1,100}=)[^;\s]{12,4000}/gi },
  {
    kind: 'environment',
    literals: ['PASSWORD=', 'PASSWD=', 'PASSPHRASE=', 'SECRET=', 'TOKEN=', 'API_KEY=', 'APIKEY='],
    regex:
      /(\b[A-Z0-9_]{0,60}(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY)=["']?)(?![$*<{[(%&])([^\s"',;)}\]]{6,300})/g,
    sure: isValue,
  },
  {
    kind: 'key in the environment',
    literals: ['_KEY=', '_KEY:', '_PASS=', '_PWD=', '_AUTH='],
    regex:
      /(\b(?!CACHE|PUBLIC|PRIMARY|FOREIGN|PARTITION|SORT|GPG)[A-Z][A-Z0-9_]{0,60}_(?:KEY|PASS|PWD|AUTH)(?:=|: ?)["']?)(?![$*<{[(%&])([^\s"',;)}\]]{16,300})/g,
    sure: looksRandom,
  },
  {
    kind: 'assignment',
    literals: [
      'assword',
      'ASSWORD',
      'asswd',
      'ASSWD',
      'ecret',
      'ECRET',
      'oken',
      'OKEN',
      'pi_key',
      'PI_KEY',
      'piKey',
      'pikey',
      'pi-key',
      'pi-Key',
      'PI-KEY',
      'ccess_key',
      'CCESS_KEY',
      'ccessKey',
      'rivate_key',
      'RIVATE_KEY',
      'redential',
      'REDENTIAL',
      'PASSPHRASE',
      'assphrase',
    ],
    regex:
      /((?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)(?:[_-]?[A-Za-z0-9]{1,20})?["']?\s{0,3}(?:=>|:=|[:=])\s{0,3}["']?)(?![$*<{[(%&])([^\s"',;)}\]]{8,300})/gi,
    sure: looksRandom,
  },
]

/**
 * Secrets in addresses, looked for in the whole text: addresses are so common that their sign would tell no line from
 * another. A regex that begins with fixed letters is fast by itself.
 */
export const secretsInUrls: readonly RegExp[] = [
  /(:\/\/[^\s/:@"'<>]{0,200}:)[^\s/@"'<>{}$*]{3,300}(?=@)/g,
  /(:\/\/)(?:[A-Za-z0-9_-]{30,255}|x-access-token[^\s@"']{1,255})(?=@)/g,
]

/** A value, and not a word that stands where one would: a switch, a place of a file. */
function isValue(value: string): boolean {
  return !/^(?:true|false|none|null|undefined|yes|no|secure|hidden|redacted|masked|\.{0,2}\/.*)$/i.test(value)
}

/** Random text: letters and digits mixed, no words, no path, no version, more than three bits a character. */
function looksRandom(value: string): boolean {
  if (value.length < 8 || /^[*x.]+$/i.test(value) || /^(?:\.{0,2}\/|[a-z]{2,10}:\/\/|[A-Za-z]:\\)/.test(value))
    return false
  // Coordinates of packages and functions: `jar:2.1`, `tokenize/3`.
  if (/^[a-z][a-z_]{1,30}(?::|\/\d{1,2}$)/.test(value)) return false
  if (/^\d+(?:\.\d+){1,4}/.test(value) || /^[A-Za-z_$][\w$]*(?:\.[\w$]+|\(|::)/.test(value)) return false
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return value.length >= 20 && bitsPerCharacter(value) >= 4
  return bitsPerCharacter(value) >= 3
}

function bitsPerCharacter(value: string): number {
  const counts = new Map<string, number>()
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length)
  return bits
}
