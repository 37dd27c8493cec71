/** Secrets of services that only collect reports or caches: knowing them, a job can change nothing that matters. */
const harmless = new Set([
  'CODECOV_TOKEN',
  'COVERALLS_TOKEN',
  'COVERALLS_REPO_TOKEN',
  'SONAR_TOKEN',
  'SONARCLOUD_TOKEN',
  'NX_CLOUD_ACCESS_TOKEN',
  'NX_CLOUD_AUTH_TOKEN',
  'TURBO_TOKEN',
  'GRADLE_ENTERPRISE_ACCESS_KEY',
  'DEVELOCITY_ACCESS_KEY',
  'GRADLE_ENCRYPTION_KEY',
  'CYPRESS_RECORD_KEY',
  'PERCY_TOKEN',
  'CODACY_PROJECT_TOKEN',
  'CODECLIMATE_REPO_TOKEN',
  'CC_TEST_REPORTER_ID',
  'BUILDKITE_ANALYTICS_TOKEN',
  'SNYK_TOKEN',
])
const repositoryToken = 'GITHUB_TOKEN'

/** Does this text of a workflow use a secret that could open something outside? */
export function usesSecret(text: string): boolean {
  return secretsIn(text).some((name) => name !== repositoryToken && !harmless.has(name))
}

export function usesRepositoryToken(text: string): boolean {
  return secretsIn(text).includes(repositoryToken) || /\bgithub\s*\.\s*token\b|\bgithub\s*\[\s*'token'\s*\]/i.test(text)
}

/** Names of the secrets in the expressions of a text; `*` when all are taken at once or the name is computed. */
function secretsIn(text: string): readonly string[] {
  return expressionsIn(text).flatMap((expression) =>
    [...expression.matchAll(/\bsecrets\b(?:\s*\.\s*([A-Za-z_][\w-]{0,100})|\s*\[\s*'([^']{1,100})'\s*\])?/gi)].map(
      (match) => (match[1] ?? match[2] ?? '*').toUpperCase(),
    ),
  )
}

function expressionsIn(text: string): readonly string[] {
  return text
    .slice(0, 100_000)
    .split('${{')
    .slice(1)
    .map((rest) => rest.slice(0, rest.indexOf('}}') === -1 ? rest.length : rest.indexOf('}}')))
}
