import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedactor, redactLines, redactText } from './redact.ts'

/** Random-looking text that is the same every time. */
function random(length: number, alphabet: string): string {
  let state = 7
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647
    return alphabet[state % alphabet.length]
  }).join('')
}
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const mixed = (length: number): string => random(length, letters)
const hex = (length: number): string => random(length, '0123456789abcdef')
const upper = (length: number): string => random(length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')

/** One token of each kind, made here: none was ever valid. */
const tokens: Readonly<Record<string, string>> = {
  'GitHub classic': `ghp_${mixed(36)}`,
  'GitHub OAuth': `gho_${mixed(36)}`,
  'GitHub server': `ghs_${mixed(36)}`,
  'GitHub fine-grained': `github_pat_${mixed(22)}_${mixed(59)}`,
  'GitLab personal': `glpat-${mixed(20)}`,
  'GitLab runner': `glrt-${mixed(20)}`,
  'AWS id': `AKIA${upper(16)}`,
  'AWS temporary id': `ASIA${upper(16)}`,
  'Slack bot': `xoxb-${random(12, '0123456789')}-${mixed(24)}`,
  'Slack user': `xoxp-${random(12, '0123456789')}-${mixed(24)}`,
  npm: `npm_${mixed(36)}`,
  PyPI: `pypi-AgEIcHlwaS5vcmc${mixed(60)}`,
  RubyGems: `rubygems_${hex(48)}`,
  JWT: `eyJ${mixed(30)}.eyJ${mixed(60)}.${mixed(43)}`,
  'Google API': `AIza${mixed(35)}`,
  'Google OAuth': `ya29.${mixed(60)}`,
  'Stripe live': `sk_live_${mixed(24)}`,
  'Stripe restricted': `rk_live_${mixed(24)}`,
  Vault: `hvs.${mixed(24)}`,
  'Docker Hub': `dckr_pat_${mixed(27)}`,
  Shopify: `shpat_${hex(32)}`,
  DigitalOcean: `dop_v1_${hex(64)}`,
  SendGrid: `SG.${mixed(22)}.${mixed(43)}`,
  'Hugging Face': `hf_${mixed(34)}`,
  Linear: `lin_api_${mixed(40)}`,
  Postman: `PMAK-${hex(24)}-${hex(34)}`,
  Databricks: `dapi${hex(32)}`,
  Grafana: `glsa_${mixed(32)}_${hex(8)}`,
  'New Relic': `NRAK-${upper(27)}`,
  Pulumi: `pul-${hex(40)}`,
  Terraform: `${mixed(14)}.atlasv1.${mixed(60)}`,
  Sentry: `sntrys_${mixed(60)}`,
  CircleCI: `CCIPAT_${mixed(22)}_${hex(40)}`,
  Telegram: `bot${random(9, '123456789')}:${mixed(35)}`,
  age: `AGE-SECRET-KEY-1${upper(58)}`,
  'Alibaba id': `LTAI${mixed(20)}`,
  Artifactory: `AKCp${mixed(69)}`,
  'Sonar project': `sqp_${hex(40)}`,
  Notion: `ntn_${random(11, '0123456789')}${mixed(35)}`,
  Clojars: `CLOJARS_${hex(60)}`,
  'Twilio key': `SK${hex(32)}`,
  Octopus: `API-${upper(26)}`,
  'Square token': `EAAA${mixed(60)}`,
  'Fly.io': `fm2_${mixed(120)}`,
  Dynatrace: `dt0c01.${upper(24)}.${upper(64)}`,
  Tailscale: `tskey-auth-${mixed(12)}-${mixed(32)}`,
  Mailgun: `key-${hex(32)}`,
  PlanetScale: `pscale_tkn_${mixed(43)}`,
  'key in base64': `LS0tLS1CRUdJTi${mixed(200)}`,
}
const ways: readonly ((token: string) => string)[] = [
  (token) => token,
  (token) => `using token ${token} for the push`,
  (token) => `"token": "${token}",`,
  (token) => `2026-01-31T10:11:12.1234567Z export KEY=${token}`,
  (token) => `\u001b[32m${token}\u001b[0m`,
  (token) => `{"text":"first\\n${token}\\nlast"}`,
  (token) => `curl -H 'X-Key: ${token}' https://api.example.com`,
  // Letters of other scripts: the low byte of the last one is that of an L.
  (token) => `clé${token} 令牌${token}`,
]

describe.each(Object.entries(tokens))('a token of %s', (_, token) => {
  it.each(ways.map((way) => [way('…'), way] as const))('is masked in %j', (_shown, way) => {
    const masked = redactText(way(token))
    expect(masked).not.toContain(token)
    expect(masked).toContain('***')
  })
})

describe('secrets told by their place', () => {
  const secret = mixed(24)
  it.each([
    `Authorization: Bearer ${secret}`,
    `authorization: Basic ${secret}==`,
    `fatal: unable to access 'https://user:${secret}@git.example.com/x.git/'`,
    `postgres://app:${secret}@db.example.com:5432/shop`,
    `https://hooks.slack.com/services/T0AAAAAAA/B0BBBBBBB/${secret}`,
    `DB_PASSWORD=${secret}`,
    `password: "${secret}"`,
    `{"client_secret":"${secret}"}`,
    `aws_secret_access_key = ${mixed(40)}`,
    `DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${mixed(86)}==;`,
    `//registry.example.com/:_authToken=${secret}`,
    `sshpass -p ${secret} ssh host`,
    `docker login -u shop -p ${secret} registry.example.com`,
    `machine git.example.com login shop password ${secret}`,
    `Set-Cookie: session=${secret}; HttpOnly`,
    `X-Api-Key: ${secret}`,
    `SIGNING_KEY=${secret}`,
    `{"kty":"EC","crv":"P-256","d":"${mixed(19)}${secret}"}`,
    `curl -u admin:${secret} https://api.example.com`,
    `mysql --password=${secret} shop`,
    `https://x.blob.example.com/a?sv=2020&sig=${mixed(44)}%3D`,
  ])('%j', (line) => {
    expect(redactText(`\u001b[36m${line}\u001b[0m`)).not.toContain(secret)
    const masked = redactText(line)
    expect(masked).not.toContain(secret)
    expect(masked).toContain('***')
  })
})

describe('private keys', () => {
  const body = Array.from({ length: 12 }, (_, index) => `${mixed(60)}${index.toString().padStart(4, 'A')}`)
  const key = ['-----BEGIN OPENSSH PRIVATE KEY-----', ...body, `${mixed(21)}==`, '-----END OPENSSH PRIVATE KEY-----']
  it.each(['', '2026-01-31T10:11:12.1234567Z ', '   > '])('over many lines, each after %j', (prefix) => {
    const masked = redactText(['before', ...key.map((line) => prefix + line), 'after', ''].join('\n'))
    for (const line of body) expect(masked).not.toContain(line)
    expect(masked.split('\n')).toHaveLength(key.length + 3)
    expect(masked).toMatch(/^before\n/)
    expect(masked).toMatch(/after\n$/)
  })
  it.each([
    ['in colour', (line: string) => `\u001b[31m${line}\u001b[0m`],
    ['as strings of a list', (line: string) => `  "${line}\\n",`],
  ])('%s', (_, dress) => {
    const masked = redactText(key.map(dress).join('\n'))
    for (const line of body) expect(masked).not.toContain(line)
  })
  it('between whose lines others write', () => {
    const mixedUp = key.flatMap((line, index) => [
      line,
      `other output ${index}`,
      'and more of it',
      'and the last of it',
    ])
    const masked = redactText(mixedUp.join('\n'))
    for (const line of body) expect(masked).not.toContain(line)
    expect(masked).toContain('and the last of it')
  })
  it.each([
    ['SSH2', ['---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----', ...body, '---- END SSH2 ENCRYPTED PRIVATE KEY ----']],
    ['PuTTY', ['Private-Lines: 12', ...body, `Private-MAC: ${hex(40)}`]],
  ])('in the form of %s', (_, lines) => {
    const masked = redactText([...lines, 'after'].join('\n'))
    for (const line of body) expect(masked).not.toContain(line)
    expect(masked).toMatch(/after$/)
  })
  it('on one line with escaped line breaks', () => {
    const masked = redactText(`{"key":"${key.join('\\n')}","id":7}`)
    for (const line of body) expect(masked).not.toContain(line)
    expect(masked).toContain('"id":7}')
  })
  it('whose end was cut off hide no more than two lines of what follows', () => {
    const after = ['the build goes on', 'and says so', 'and so on', 'to the end']
    const masked = redactLines([...key.slice(0, 6), ...after])
    for (const line of body.slice(0, 5)) expect(masked.join('\n')).not.toContain(line)
    expect(masked.slice(-2)).toEqual(after.slice(-2))
  })
})

it('a value that the job itself masks stays masked', () => {
  expect(redactText('::add-mask::open-sesame\nsay open-sesame twice\n')).not.toMatch(/say open-sesame/)
})

it.each([
  'token: string',
  'const token = await getToken()',
  'password=$PASSWORD',
  `token: $${'{{ secrets.TOKEN }}'}`,
  'Unexpected token } in JSON at position 4711',
  'elixir_tokenizer:tokenize/3',
  'commit 6c9e583f3c1b2a4d5e6f708192a3b4c5d6e7f809',
  'https://example.com:8080/path@2',
  'com.example:apikeys:jar:0.18.0-SNAPSHOT',
  'secret=***',
  'export DEPLOY_TOKEN=[secure]',
  'CACHE_KEY=linux-modules-6c9e583f3c1b2a4d5e6f',
  'basic authentication is on',
])('%j holds no secret and stays', (line) => expect(redactText(line)).toBe(line))

it('gives the same however the text is cut into chunks, with every newline in its place', () => {
  const piece = fc.constantFrom(
    ...Object.values(tokens),
    '\n',
    ' ',
    'password=',
    '-----BEGIN PRIVATE KEY-----',
    '-----END PRIVATE KEY-----',
    mixed(64),
    'x',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), fc.integer({ min: 1, max: 60 }), (pieces, size) => {
      const text = pieces.join('')
      const redactor = createRedactor()
      let out = ''
      for (let at = 0; at < text.length; at += size) out += redactor.push(text.slice(at, at + size))
      out += redactor.end()
      expect(out).toBe(redactText(text))
      expect(out.split('\n').length).toBe(text.split('\n').length)
    }),
  )
})

it('masks inside a line of many megabytes without holding it', () => {
  const token = tokens.npm ?? ''
  const redactor = createRedactor()
  let out = ''
  for (let chunk = 0; chunk < 40; chunk += 1) out += redactor.push(`${'word '.repeat(20_000)}${token} `)
  out += redactor.end()
  expect(out).not.toContain(token)
  expect(out.match(/\*\*\*/g)).toHaveLength(40)
})
