import type { Category, Owner } from '../../../src/model/diagnosis.ts'

/** Every category as a person would say it; the compiler sees that none is missing. */
export const categoryWords: Record<Category, string> = {
  'code.compile': 'the code does not compile',
  'code.test': 'a test fails',
  'code.quality': 'a check of style or quality fails',
  'code.security': 'a security check fails',
  'code.crash': 'the program crashes',
  'code.links': 'a link leads nowhere',
  'test.flaky': 'a test is flaky',
  'test.order': 'a test depends on the order of tests',
  'test.shared_state': 'tests get in each other’s way',
  'test.time': 'a test depends on the clock',
  'test.async': 'a test does not wait long enough',
  'test.resource': 'a test fights for a port or file',
  'dep.resolve': 'a dependency cannot be found',
  'dep.conflict': 'dependencies contradict each other',
  'dep.integrity': 'a dependency is not what it was',
  'net.dns': 'a name could not be looked up',
  'net.connect': 'a connection was not accepted',
  'net.tls': 'a secure connection failed',
  'net.reset': 'a connection broke off',
  'net.timeout': 'the network did not answer in time',
  'ext.rate_limit': 'a service limits how often it is asked',
  'ext.service_5xx': 'a service outside is broken',
  'auth.credential': 'a credential is wrong or expired',
  'auth.permission': 'a permission is missing',
  'config.workflow': 'the pipeline definition is wrong',
  'config.env': 'the environment lacks something',
  'infra.runner_lost': 'the runner was lost',
  'infra.provision': 'the runner could not be set up',
  'infra.image': 'the image is missing or wrong',
  'res.oom': 'memory ran out',
  'res.disk': 'the disk is full',
  'res.timeout_job': 'the job took too long',
  'res.timeout_step': 'a step took too long',
  'res.concurrency': 'somebody else holds what it needs',
  'cache.corrupt': 'the cache is damaged',
  'cache.stale': 'the cache is out of date',
  'artifact.missing': 'an artifact is missing',
  'vcs.checkout': 'the source could not be fetched',
  'vcs.conflict': 'the branch conflicts with its base',
  'deploy.apply': 'the deployment was not accepted',
  'deploy.health': 'the deployment is not healthy',
  cascade: 'another job failed first',
  'human.cancelled': 'somebody cancelled it',
  superseded: 'a newer run took its place',
  'policy.blocked': 'it waits for an approval',
  unknown: 'the cause is not known',
}

const owners: Record<Owner, string> = {
  author: 'the author’s to mend',
  'test-owner': 'for the owner of the test',
  platform: 'for the platform team',
  vendor: 'for the vendor',
  security: 'for the security team',
  'service-owner': 'for the owner of the service',
  approver: 'for the approver',
  nobody: 'nobody has to act',
  triage: 'for whoever triages',
}

/** What a category means; a newer gateway may know one that this page does not. */
export function sayCategory(category: string): string {
  return (categoryWords as Record<string, string>)[category] ?? category
}

export function sayOwner(owner: string): string {
  return (owners as Record<string, string>)[owner] ?? `for the ${owner}`
}
