/** Secrets made here, of the kinds that issuers give out. None was ever valid. */

type Random = () => number

const of =
  (alphabet: string) =>
  (random: Random, length: number): string =>
    Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')
const hex = of('0123456789abcdef')
const digits = of('0123456789')
const lower = of('abcdefghijklmnopqrstuvwxyz0123456789')
const base32 = of('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')
const mixed = of('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')
const base64 = of('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
const url64 = of('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')

/** Fifty and more kinds of token. */
export const tokens: Readonly<Record<string, (random: Random) => string>> = {
  'GitHub personal': (r) => `ghp_${mixed(r, 36)}`,
  'GitHub app': (r) => `ghs_${mixed(r, 36)}`,
  'GitHub OAuth': (r) => `gho_${mixed(r, 36)}`,
  'GitHub fine-grained': (r) => `github_pat_${mixed(r, 22)}_${mixed(r, 59)}`,
  'GitLab personal': (r) => `glpat-${url64(r, 20)}`,
  'GitLab runner': (r) => `glrt-${url64(r, 20)}`,
  'GitLab job': (r) => `glcbt-${mixed(r, 2)}_${mixed(r, 20)}`,
  'AWS id': (r) => `AKIA${base32(r, 16)}`,
  'AWS temporary id': (r) => `ASIA${base32(r, 16)}`,
  'AWS secret': (r) => `aws_secret_access_key=${base64(r, 40)}`,
  'Slack bot': (r) => `xoxb-${digits(r, 12)}-${digits(r, 12)}-${mixed(r, 24)}`,
  'Slack user': (r) => `xoxp-${digits(r, 12)}-${digits(r, 12)}-${digits(r, 12)}-${hex(r, 32)}`,
  'Slack webhook': (r) => `https://hooks.slack.com/services/T${base32(r, 8)}/B${base32(r, 8)}/${mixed(r, 24)}`,
  'Discord webhook': (r) => `https://discord.com/api/webhooks/${digits(r, 18)}/${url64(r, 68)}`,
  'Telegram bot': (r) => `bot${1 + Math.floor(r() * 9)}${digits(r, 8)}:AA${url64(r, 33)}`,
  npm: (r) => `npm_${mixed(r, 36)}`,
  'npm auth': (r) => `//registry.example.com/:_authToken=${hex(r, 8)}-${hex(r, 4)}-${hex(r, 4)}-${hex(r, 12)}`,
  PyPI: (r) => `pypi-AgEIcHlwaS5vcmc${url64(r, 140)}`,
  RubyGems: (r) => `rubygems_${hex(r, 48)}`,
  'crates.io': (r) => `cio${mixed(r, 32)}`,
  NuGet: (r) => `oy2${lower(r, 43)}`,
  Clojars: (r) => `CLOJARS_${lower(r, 60)}`,
  'JSON web token': (r) => `eyJhbGciOiJIUzI1NiJ9.eyJ${url64(r, 60)}.${url64(r, 43)}`,
  'Bearer header': (r) => `Authorization: Bearer ${mixed(r, 40)}`,
  'Basic header': (r) => `Authorization: Basic ${base64(r, 30)}==`,
  'Google API': (r) => `AIza${url64(r, 35)}`,
  'Google OAuth': (r) => `ya29.${url64(r, 120)}`,
  'Google secret': (r) => `GOCSPX-${url64(r, 28)}`,
  'Azure storage': (r) => `AccountName=shop;AccountKey=${base64(r, 86)}==;EndpointSuffix=core.windows.net`,
  'Azure signature': (r) => `https://shop.blob.core.windows.net/a?sv=2024-01-01&sig=${mixed(r, 43)}%3D`,
  'Stripe live': (r) => `sk_live_${mixed(r, 24)}`,
  'Stripe webhook': (r) => `whsec_${mixed(r, 32)}`,
  Vault: (r) => `hvs.${url64(r, 90)}`,
  'Docker Hub': (r) => `dckr_pat_${url64(r, 27)}`,
  DigitalOcean: (r) => `dop_v1_${hex(r, 64)}`,
  SendGrid: (r) => `SG.${url64(r, 22)}.${url64(r, 43)}`,
  Mailgun: (r) => `key-${hex(r, 32)}`,
  Twilio: (r) => `SK${hex(r, 32)}`,
  'Hugging Face': (r) => `hf_${mixed(r, 34)}`,
  'model service': (r) => `sk-proj-${url64(r, 74)}`,
  'another model service': (r) => `sk-ant-api03-${url64(r, 93)}AA`,
  Shopify: (r) => `shpat_${hex(r, 32)}`,
  Databricks: (r) => `dapi${hex(r, 32)}`,
  Grafana: (r) => `glsa_${mixed(r, 32)}_${hex(r, 8)}`,
  'New Relic': (r) => `NRAK-${base32(r, 27)}`,
  Sentry: (r) => `sntrys_${base64(r, 120)}`,
  Terraform: (r) => `${mixed(r, 14)}.atlasv1.${mixed(r, 67)}`,
  Pulumi: (r) => `pul-${hex(r, 40)}`,
  Atlassian: (r) => `ATATT3xFfGF0${url64(r, 180)}`,
  Artifactory: (r) => `AKCp${mixed(r, 69)}`,
  Sonar: (r) => `squ_${hex(r, 40)}`,
  CircleCI: (r) => `CCIPAT_${mixed(r, 22)}_${hex(r, 40)}`,
  Buildkite: (r) => `bkua_${hex(r, 40)}`,
  age: (r) => `AGE-SECRET-KEY-1${base32(r, 58)}`,
  Linear: (r) => `lin_api_${mixed(r, 40)}`,
  'database URL': (r) => `postgres://shop:${mixed(r, 20)}@db.example.com:5432/shop`,
  'git URL': (r) => `https://deploy:${mixed(r, 24)}@git.example.com/shop.git`,
  'password variable': (r) => `DB_PASSWORD=${mixed(r, 16)}`,
  'token in YAML': (r) => `api_token: "${mixed(r, 32)}"`,
  'secret in JSON': (r) => `{"client_secret": "${url64(r, 40)}"}`,
  'curl user': (r) => `curl -u admin:${mixed(r, 18)} https://example.com/api`,
}

const pem =
  (name: string, lines: number) =>
  (random: Random): string =>
    [
      `-----BEGIN ${name}-----`,
      ...Array.from({ length: lines }, () => base64(random, 64)),
      `${base64(random, 30)}==`,
      `-----END ${name}-----`,
    ].join('\n')

export const keys: Readonly<Record<string, (random: Random) => string>> = {
  'PKCS#1': pem('RSA PRIVATE KEY', 25),
  'PKCS#8': pem('PRIVATE KEY', 26),
  'PKCS#8 encrypted': pem('ENCRYPTED PRIVATE KEY', 27),
  EC: pem('EC PRIVATE KEY', 3),
  DSA: pem('DSA PRIVATE KEY', 12),
  OpenSSH: pem('OPENSSH PRIVATE KEY', 30),
  PGP: (random) => pem('PGP PRIVATE KEY BLOCK', 40)(random).replace('-----\n', '-----\nVersion: GnuPG v2\n\n'),
  'on one line': (random) => `"private_key": "${pem('PRIVATE KEY', 26)(random).replaceAll('\n', '\\n')}"`,
  'cut short': (random) => pem('RSA PRIVATE KEY', 25)(random).split('\n').slice(0, 15).join('\n'),
  PuTTY: (random) =>
    [
      'Private-Lines: 8',
      ...Array.from({ length: 8 }, () => base64(random, 64)),
      `Private-MAC: ${hex(random, 40)}`,
    ].join('\n'),
}

/** How a line of output may be dressed. */
export const ways: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => `2026-01-31T10:11:12.1234567Z ${line}`,
  (line) => `+ echo ${line}`,
  (line) => `\u001b[36m${line}\u001b[0m`,
  (line) => `[deploy] ${line}`,
  (line) => `${line}\r`,
]
