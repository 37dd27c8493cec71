import type { Logger } from 'pino'
import type { Clock } from '../../base/clock.ts'
import { Invalid } from '../../base/errors.ts'
import { createHttpClient } from '../../base/http-client.ts'
import { type Pause, realPause } from '../../base/retry.ts'
import type { Ci, EffectAnswer } from '../ci.ts'
import { type Redact, runWithoutSecrets } from '../redact.ts'
import { createCredentials, type GithubAuth } from './auth.ts'
import { createRunsSince } from './changes.ts'
import { createClient } from './client.ts'
import { vendor } from './convert.ts'
import { createJobLog } from './logs.ts'
import { maskedAnswer, maskedReading } from './masked.ts'
import { createReading } from './reading.ts'
import { refused } from './refusal.ts'
import { createRerunFailed } from './rerun.ts'
import { createStop } from './stop.ts'

export interface GithubOptions {
  readonly connection: string
  /** `https://api.github.com`, or `https://<host>/api/v3` of an Enterprise server. */
  readonly baseUrl?: string | undefined
  readonly auth: GithubAuth
  /** `owner/name`: what is polled, and all that is ever acted upon. */
  readonly repositories: readonly string[]
  /** Takes secrets out of names. */
  readonly redact: Redact
  readonly clock: Clock
  readonly logger: Pick<Logger, 'warn'>
  readonly fetch?: typeof globalThis.fetch | undefined
  readonly pause?: Pause | undefined
  readonly random?: (() => number) | undefined
  /** How long one call may take; 15 s unless told. */
  readonly limitMs?: number | undefined
}

/** GitHub Actions as a `Ci`: wires the parts, knows nothing of what they do. */
export function createGithubCi(options: GithubOptions): Ci {
  const { connection, auth, repositories, redact, clock, logger } = options
  const baseUrl = checkedUrl(options.baseUrl ?? 'https://api.github.com')
  const http = createHttpClient(options.fetch ? { fetch: options.fetch } : {})
  if (auth.kind === 'token' && !/^[\x21-\x7e]+$/.test(auth.token))
    throw new Invalid(
      `the token of connection ${connection} holds blanks, line breaks or no text at all: keep one token in its file`,
    )
  const credentials = createCredentials({ auth, baseUrl, http, clock })
  const timing = {
    clock,
    pause: options.pause ?? realPause,
    random: options.random ?? Math.random,
    limitMs: options.limitMs ?? 15_000,
  }
  const client = createClient({ baseUrl, credentials, http, ...timing })
  const bare = createReading(connection, client)
  const reading = maskedReading(bare, redact)
  // In an archive of logs the files bear the jobs' names as they are.
  const jobLog = createJobLog({ client, reading: bare, http, baseUrl, ...timing })
  const runsSince = createRunsSince({ connection, client, reading: bare, logger })
  const ours = onlyIn(repositories)
  return {
    vendor,
    connection,
    // A clean rerun would have to delete caches that other branches use too; sizes belong to the definition.
    can: { rerunClean: false, resize: false, stopJob: false },
    run: reading.run,
    jobs: reading.jobs,
    definition: reading.definition,
    file: reading.file,
    tip: reading.tip,
    jobLog: async (ref, job, spare) => maskedAnswer(await jobLog(ref, job, spare), redact),
    rerunFailed: ours(createRerunFailed({ client, reading, credentials, ...timing })),
    stop: ours(createStop({ client, reading, clock })),
    runsSince: async (repository, since) =>
      (await runsSince(repository, since)).map((run) => runWithoutSecrets(run, redact)),
    repositories: async () => repositories,
  }
}

/** An app may be installed on more than was configured here: nothing outside of the list is touched. */
function onlyIn(repositories: readonly string[]) {
  const allowed = new Set(repositories.map((name) => name.toLowerCase()))
  return <R extends { readonly repository: string }>(act: (request: R) => Promise<EffectAnswer>) =>
    async (request: R): Promise<EffectAnswer> =>
      allowed.has(request.repository.toLowerCase())
        ? act(request)
        : refused('no-permission', `${request.repository} is not among the repositories of this connection`)
}

function checkedUrl(baseUrl: string): string {
  const url = URL.parse(baseUrl)
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.search !== '')
    throw new Invalid(
      `baseUrl "${baseUrl.slice(0, 200)}" is not the address of a GitHub API, such as https://api.github.com`,
    )
  return url.href.replace(/\/$/, '')
}
