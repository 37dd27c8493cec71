import type { Category } from '../../src/model/diagnosis.ts'

/** Our categories in the words of the labelled data; a list where either counts, the first as what was said. */
export function causesOf(category: Category): readonly string[] {
  return exact[category] ?? byRoom[category.split('.')[0] ?? ''] ?? ['none']
}

const exact: Partial<Record<Category, readonly string[]>> = {
  'code.test': ['test_failure'],
  'code.compile': ['compile_error'],
  'code.quality': ['lint_or_content_rule', 'quality_gate'],
  'code.links': ['external_link_check'],
  'code.crash': ['crash'],
  'res.oom': ['out_of_memory'],
  'res.timeout_job': ['timeout'],
  'res.timeout_step': ['timeout'],
  'res.disk': ['infrastructure_environment'],
  'res.concurrency': ['infrastructure_environment'],
}
const byRoom: Readonly<Record<string, readonly string[]>> = {
  test: ['test_flaky_evidence', 'test_failure'],
  dep: ['dependency'],
  config: ['pipeline_config'],
  infra: ['infrastructure_environment'],
  auth: ['credentials'],
  net: ['network_or_remote_service'],
  ext: ['network_or_remote_service'],
  vcs: ['vcs_checkout'],
  human: ['cancelled'],
}
