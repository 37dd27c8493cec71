import type { Category, Diagnosis } from '../../model/diagnosis.ts'

/** What to do about a failure, by its category; families of categories by their first word. */
const advice: Readonly<Record<string, string>> = {
  'code.test':
    'Look at the failing test first; a rerun helps only if it is flaky, so compare with a run of the same commit.',
  'code.quality': 'Run the named tool locally with its fix option and commit; a rerun fails again.',
  'code.links': 'Correct or drop the link, or run again later if the other site is down.',
  code: 'Correct the code where the first cause stands; a rerun fails again.',
  test: 'Rerun the failed job, and give the test to its owner: it passes and fails on the same code.',
  'dep.integrity': 'Do not rerun: find out why the package changed before anything trusts it.',
  dep: 'Correct the versions or the lock file; a rerun fails again.',
  net: 'Rerun the failed job after a short wait; if it repeats, the network of the runners needs a look.',
  ext: 'Wait as long as the service asks, then rerun the failed job.',
  auth: 'Renew the credential or grant the right; a rerun fails again until then.',
  config: 'Correct the pipeline definition or its environment; a rerun fails again.',
  'infra.image': 'Correct the name or the architecture of the image; a rerun fails again.',
  infra: 'Rerun the failed job; if it repeats, the runners need a look.',
  'res.oom': 'Give the job more memory, or make it need less; a plain rerun fails again.',
  'res.disk': 'Free disk space on the runner or use a larger one, then rerun.',
  'res.concurrency': 'Rerun the failed job: somebody else held what it needs.',
  'res.timeout_step': 'Find what the step waits for; if it only was slow, give it more time.',
  'res.timeout_job': 'Give the job more time, or make it faster; a plain rerun may fail again.',
  cache: 'Rerun without the cache and let it be built anew.',
  artifact: 'Look at the job that should have made the artifact.',
  vcs: 'Rerun the failed job if the branch still exists; bring the branch up to date if it conflicts.',
  deploy: 'Look at the named object in the cluster; roll back if people are hurt.',
  human: 'Nothing: somebody stopped it on purpose.',
  superseded: 'Nothing: a newer run took its place.',
  policy: 'Ask the person who may approve it.',
  cascade: 'Nothing: look at the job that failed first.',
}

export function adviceFor({ category, abstained }: Pick<Diagnosis, 'category' | 'abstained'>): string {
  if (abstained) return 'Read the lines above; Mendline does not know this failure and will not guess.'
  return advice[category] ?? advice[familyOf(category)] ?? 'Read the lines above.'
}

function familyOf(category: Category): string {
  return category.split('.')[0] ?? category
}
