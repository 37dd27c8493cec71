import { type Category, categories } from '../../../model/diagnosis.ts'

/**
 * The causes that the model tells apart: groups of categories that look alike in a log and lie with the same people.
 * Within one, patterns decide; the numbers say how usual each category is there.
 */
export const causes = {
  test: {
    'code.test': 0.9,
    'test.flaky': 0.04,
    'test.async': 0.02,
    'test.resource': 0.01,
    'test.order': 0.01,
    'test.shared_state': 0.01,
    'test.time': 0.01,
  },
  compile_error: { 'code.compile': 1 },
  quality: { 'code.quality': 1 },
  links: { 'code.links': 1 },
  crash: { 'code.crash': 1 },
  dependency: { 'dep.resolve': 0.65, 'dep.conflict': 0.3, 'dep.integrity': 0.05 },
  pipeline_config: { 'config.env': 0.6, 'config.workflow': 0.4 },
  infrastructure: {
    'infra.provision': 0.5,
    'infra.runner_lost': 0.2,
    'infra.image': 0.1,
    'res.disk': 0.1,
    'res.concurrency': 0.1,
  },
  credentials: { 'auth.credential': 0.6, 'auth.permission': 0.4 },
  network: {
    'ext.service_5xx': 0.35,
    'net.connect': 0.2,
    'net.timeout': 0.15,
    'net.reset': 0.1,
    'net.dns': 0.1,
    'net.tls': 0.05,
    'ext.rate_limit': 0.05,
  },
  checkout: { 'vcs.checkout': 0.8, 'vcs.conflict': 0.2 },
  timeout: { 'res.timeout_step': 0.6, 'res.timeout_job': 0.4 },
  out_of_memory: { 'res.oom': 1 },
  cancelled: { 'human.cancelled': 1 },
} as const satisfies Record<string, Partial<Record<Category, number>>>

export type Cause = keyof typeof causes
export const causeNames = Object.keys(causes) as readonly Cause[]

const byCategory = new Map(
  causeNames.flatMap((cause) => (Object.keys(causes[cause]) as Category[]).map((category) => [category, cause])),
)

/** `undefined` for a category of which there is nothing to learn from: patterns alone speak for it. */
export function causeOf(category: Category): Cause | undefined {
  return byCategory.get(category)
}

/** How likely each category is, within a cause, before anything was read. */
export function sharesOf(cause: Cause): readonly { readonly category: Category; readonly share: number }[] {
  return Object.entries(causes[cause]).map(([category, share]) => ({ category: category as Category, share }))
}

/** What labelled logs call these causes, beside our own categories. */
const labelled: Readonly<Record<string, Cause>> = {
  test_failure: 'test',
  test_flaky_evidence: 'test',
  compile_error: 'compile_error',
  lint_or_content_rule: 'quality',
  quality_gate: 'quality',
  external_link_check: 'links',
  crash: 'crash',
  dependency: 'dependency',
  pipeline_config: 'pipeline_config',
  infrastructure_environment: 'infrastructure',
  credentials: 'credentials',
  network_or_remote_service: 'network',
  vcs_checkout: 'checkout',
  timeout: 'timeout',
  out_of_memory: 'out_of_memory',
  cancelled: 'cancelled',
}

/** The cause behind a label: a category of ours or a word of the labelled data. */
export function causeOfLabel(label: string): Cause | undefined {
  return Object.hasOwn(categories, label) ? causeOf(label as Category) : labelled[label]
}
