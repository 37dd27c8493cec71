/** What is known of a run when it is made. */
export interface RunFacts {
  readonly event: string
  readonly payload: Readonly<Record<string, unknown>>
  /** `owner/name`. */
  readonly repository: string
  readonly ref: string
  readonly sha: string
  readonly actor: string
  readonly workflow: string
  /** Path of the workflow's file. */
  readonly path: string
  readonly runId: string
  readonly runNumber: number
  readonly attempt: number
  readonly serverUrl?: string | undefined
}

/** The `github` context of a run, before a job adds its own part. */
export function githubContext(facts: RunFacts): Readonly<Record<string, unknown>> {
  const [owner = ''] = facts.repository.split('/')
  const server = facts.serverUrl ?? 'https://github.com'
  const api = server === 'https://github.com' ? 'https://api.github.com' : `${server}/api`
  return {
    actor: facts.actor,
    triggering_actor: facts.actor,
    api_url: api,
    base_ref: '',
    event: facts.payload,
    event_name: facts.event,
    graphql_url: `${api}/graphql`,
    head_ref: '',
    ref: facts.ref,
    ref_name: facts.ref.replace(/^refs\/(?:heads|tags)\//, ''),
    ref_protected: false,
    ref_type: facts.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository: facts.repository,
    repository_owner: owner,
    repositoryUrl: `${server}/${facts.repository}.git`,
    retention_days: '90',
    run_attempt: String(facts.attempt),
    run_id: facts.runId,
    run_number: String(facts.runNumber),
    secret_source: 'None',
    server_url: server,
    sha: facts.sha,
    workflow: facts.workflow,
    workflow_ref: `${facts.repository}/${facts.path}@${facts.ref}`,
    workflow_sha: facts.sha,
    token: '',
  }
}
