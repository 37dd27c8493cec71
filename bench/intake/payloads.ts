import { createHmac, randomUUID } from 'node:crypto'

export const secret = 'bench'

/** One `workflow_job` delivery, made up in GitHub's shape: 10 to 20 KB, never the same bytes twice. */
export function jobDelivery(serial: number): {
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
} {
  const body = Buffer.from(JSON.stringify(payload(serial)))
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/0000000',
      accept: '*/*',
      'x-github-event': 'workflow_job',
      'x-github-delivery': randomUUID(),
      'x-github-hook-id': '4711',
      'x-github-hook-installation-target-type': 'organization',
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  }
}

function payload(serial: number) {
  const repository = `service-${serial % 200}`
  const api = `https://api.ci.example/repos/acme/${repository}`
  const sha = serial.toString(16).padStart(40, '0')
  return {
    action: 'completed',
    workflow_job: {
      id: 10_000_000_000 + serial,
      run_id: 5_000_000_000 + Math.floor(serial / 8),
      run_attempt: 1,
      run_url: `${api}/actions/runs/${5_000_000_000 + Math.floor(serial / 8)}`,
      node_id: `CR_${sha.slice(0, 24)}`,
      workflow_name: 'Build, test and publish',
      head_branch: `feature/basket-${serial % 1_000}`,
      head_sha: sha,
      url: `${api}/actions/jobs/${serial}`,
      html_url: `https://ci.example/acme/${repository}/actions/runs/${serial}/job/${serial}`,
      status: 'completed',
      conclusion: serial % 7 === 0 ? 'failure' : 'success',
      created_at: '2026-03-01T10:00:00Z',
      started_at: '2026-03-01T10:00:04Z',
      completed_at: '2026-03-01T10:04:31Z',
      name: `test (node ${18 + (serial % 4) * 2}, shard ${serial % 16} of 16)`,
      check_run_url: `${api}/check-runs/${serial}`,
      labels: ['ubuntu-latest', 'large'],
      runner_id: serial % 500,
      runner_name: `hosted-${serial % 500}`,
      runner_group_id: 2,
      runner_group_name: 'default',
      steps: Array.from({ length: 12 + (serial % 20) }, (_, index) => ({
        name: `Step ${index + 1}: ${['install', 'compile', 'lint', 'unit tests', 'upload'][index % 5]}`,
        status: 'completed',
        conclusion: 'success',
        number: index + 1,
        started_at: '2026-03-01T10:00:05Z',
        completed_at: '2026-03-01T10:00:42Z',
      })),
    },
    repository: account(repository, api, serial, 46),
    organization: account('acme', 'https://api.ci.example/orgs/acme', 1, 8),
    sender: account(`dev-${serial % 300}`, `https://api.ci.example/users/dev-${serial % 300}`, serial, 13),
    installation: { id: 42, node_id: 'MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9u' },
  }
}

/** Most of a real delivery is the many addresses of its repository. */
function account(name: string, api: string, id: number, addresses: number) {
  const links = Array.from({ length: addresses }, (_, index) => [
    `link_${index}_url`,
    `${api}/resource-${index}{/sha}{?per_page}`,
  ])
  return {
    id,
    node_id: `R_${id.toString(16).padStart(16, '0')}`,
    name,
    full_name: `acme/${name}`,
    private: true,
    description: 'Sells what the shop has, and counts what is left',
    default_branch: 'main',
    visibility: 'private',
    topics: ['shop', 'basket', 'payments'],
    ...Object.fromEntries(links),
  }
}
