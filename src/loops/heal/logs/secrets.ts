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

const prefixed = (kind: string, prefix: string, rest: string, literal = prefix): SecretKind => ({
  kind,
  literals: [literal],
  regex: new RegExp(`(^|[^A-Za-z0-9_])${prefix.replace(/[.$]/g, '\\$&')}${rest}`, 'g'),
})

export const secretKinds: readonly SecretKind[] = [
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((prefix) => prefixed('GitHub token', prefix, '[A-Za-z0-9_]{16,255}')),
  prefixed('GitHub fine-grained token', 'github_pat_', '[A-Za-z0-9_]{20,255}'),
  ...['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glsoat-', 'glagent-', 'gloas-', 'glft-', 'glimt-'].map(
    (prefix) => prefixed('GitLab token', prefix, '[A-Za-z0-9_.=-]{16,300}'),
  ),
  ...['AKIA', 'ASIA', 'ABIA', 'ACCA'].map((prefix) =>
    prefixed('AWS access key id', prefix, '[A-Z2-7]{16}(?![A-Za-z0-9])'),
  ),
  ...['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxe-', 'xoxe.', 'xapp-'].map((prefix) =>
    prefixed('Slack token', prefix, '[A-Za-z0-9.-]{10,300}'),
  ),
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
  prefixed('npm token', 'npm_', '[A-Za-z0-9]{30,80}'),
  {
    kind: 'npm auth token',
    literals: ['_authToken', '_auth=', '_password='],
    regex: /(_(?:authToken|auth|password)\s?=\s?)"?[^\s"'$]{8,500}/g,
  },
  prefixed('PyPI token', 'pypi-', '[A-Za-z0-9_-]{32,500}'),
  prefixed('RubyGems key', 'rubygems_', '[a-f0-9]{32,64}'),
  prefixed('NuGet key', 'oy2', '[a-z0-9]{43}(?![a-z0-9])'),
  prefixed('crates.io token', 'cio', '[A-Za-z0-9]{32}(?![A-Za-z0-9])'),
  {
    kind: 'JSON web token',
    literals: ['eyJ'],
    regex: /(^|[^A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_-]{8,4000}(?:\.[A-Za-z0-9_-]{0,2000})?/g,
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
    kind: 'password in a URL',
    literals: ['://'],
    regex: /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'<>]{0,200}:)[^\s/@"'<>{}$*]{3,300}(?=@)/gi,
  },
  {
    kind: 'token in a URL',
    literals: ['://'],
    regex: /(\bhttps?:\/\/)(?:[A-Za-z0-9_-]{30,255}|x-access-token[^\s@"']{1,255})(?=@)/g,
  },
  prefixed('Google API key', 'AIza', '[A-Za-z0-9_-]{35}'),
  prefixed('Google OAuth secret', 'GOCSPX-', '[A-Za-z0-9_-]{20,60}'),
  prefixed('Google OAuth token', 'ya29.', '[A-Za-z0-9_-]{20,1000}'),
  ...['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_', 'whsec_'].map((prefix) =>
    prefixed('Stripe key', prefix, '[A-Za-z0-9+/=]{16,250}'),
  ),
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
  ...['hvs.', 'hvb.', 'hvr.'].map((prefix) => prefixed('Vault token', prefix, '[A-Za-z0-9_-]{20,300}')),
  prefixed('Docker Hub token', 'dckr_pat_', '[A-Za-z0-9_-]{20,80}'),
  prefixed('Docker Hub token', 'dckr_oat_', '[A-Za-z0-9_-]{20,80}'),
  ...['shpat_', 'shpca_', 'shppa_', 'shpss_'].map((prefix) => prefixed('Shopify token', prefix, '[a-fA-F0-9]{32}')),
  ...['dop_v1_', 'doo_v1_', 'dor_v1_'].map((prefix) => prefixed('DigitalOcean token', prefix, '[a-f0-9]{64}')),
  prefixed('SendGrid key', 'SG.', '[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{16,64}'),
  prefixed('Hugging Face token', 'hf_', '[A-Za-z0-9]{30,60}'),
  prefixed('model service key', 'sk-ant-', '[A-Za-z0-9_-]{20,200}'),
  prefixed('model service key', 'sk-proj-', '[A-Za-z0-9_-]{20,200}'),
  prefixed('model service key', 'sk-', '[A-Za-z0-9]{40,64}(?![A-Za-z0-9])'),
  prefixed('age key', 'AGE-SECRET-KEY-1', '[A-Z0-9]{40,80}'),
  prefixed('Linear key', 'lin_api_', '[A-Za-z0-9]{32,64}'),
  prefixed('Postman key', 'PMAK-', '[a-f0-9]{20,30}-[a-f0-9]{30,40}'),
  prefixed('Atlassian token', 'ATATT3', '[A-Za-z0-9_=-]{50,300}'),
  prefixed('Atlassian token', 'ATCTT3', '[A-Za-z0-9_=-]{50,300}'),
  prefixed('Databricks token', 'dapi', '[a-f0-9]{32}(?![a-f0-9])'),
  prefixed('Grafana token', 'glsa_', '[A-Za-z0-9_]{32,64}'),
  prefixed('Grafana token', 'glc_', '[A-Za-z0-9+/=]{32,400}'),
  prefixed('New Relic key', 'NRAK-', '[A-Z0-9]{20,40}'),
  prefixed('Pulumi token', 'pul-', '[a-f0-9]{40}'),
  prefixed('Terraform token', 'atlasv1.', '[A-Za-z0-9_=-]{40,120}'),
  prefixed('Sentry token', 'sntrys_', '[A-Za-z0-9+/=_]{40,400}'),
  prefixed('Buildkite token', 'bkua_', '[a-f0-9]{40}'),
  prefixed('CircleCI token', 'CCIPAT_', '[A-Za-z0-9_]{30,100}'),
  prefixed('Doppler token', 'dp.pt.', '[A-Za-z0-9]{40,50}'),
  ...['bot1', 'bot2', 'bot3', 'bot4', 'bot5', 'bot6', 'bot7', 'bot8', 'bot9'].map((prefix) =>
    prefixed('Telegram token', prefix, '\\d{7,9}:[A-Za-z0-9_-]{35}'),
  ),
  { kind: 'private key in base64', literals: ['LS0tLS1CRUdJTi'], regex: /()LS0tLS1CRUdJTi[A-Za-z0-9+/=]{20,20000}/g },
  { kind: 'SSH password', literals: ['sshpass'], regex: /(\bsshpass\s{1,3}-p\s{0,3})\S{3,200}/g },
  {
    kind: 'password on a command line',
    literals: ['--password', '--token', '--pass ', '-u '],
    regex: /(\s(?:--password|--token|--pass)[= ]["']?)(?![-$*<{])([^\s"']{6,300})/g,
    sure: looksRandom,
  },
  {
    kind: 'user and password for curl',
    literals: ['-u ', '--user '],
    regex: /(\bcurl\b.{0,300}? (?:-u|--user)[ =]["']?[^\s:"']{1,100}:)(?![$*])[^\s"'@]{3,200}/g,
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
