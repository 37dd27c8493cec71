import type { Pattern } from './pattern.ts'

/** Rules about infrastructure files and packages: Ansible, Homebrew, Docker, Helm, Puppet. */
export const operations: readonly Pattern[] = [
  {
    id: 'homebrew.audit',
    role: 'cause',
    tool: 'brew',
    literals: [
      ' formula',
      ' cask',
      '* C: ',
      ': col ',
      '* line ',
      'Error: ',
      'step failed',
      'steps failed',
      'formulae failed',
      ': failed',
    ],
    regex:
      /^(?:Error: )?[1-9]\d{0,4} problems? in [1-9]\d{0,4} (?:formula|cask)|^\s{1,4}\* (?:\d{1,6}: col \d{1,5}: |C: \d{1,6}: |line \d)|^Error: \S{1,100}: (?:failed|an exception occurred)|[1-9]\d{0,3} (?:steps?|formulae?) failed!?$/,
    category: 'code.quality',
    weight: 0.82,
    span: { before: 4, after: 3 },
    says: 'a formula or cask breaks a rule',
    examples: {
      matches: [
        'Error: 2 problems in 1 formula detected',
        '  * 12: col 3: Formulae should not depend on cart',
        '  * line 12, col 3: wrong',
      ],
      not: ['no problems in formula'],
    },
  },
  {
    id: 'ansible.sanity',
    role: 'cause',
    tool: 'ansible-test',
    literals: [
      'ERROR: ',
      'The test `ansible-test sanity',
      '.yml:',
      '.yaml:',
      'Failed after one or more',
      'Failed: ',
      'Failed after min profile: ',
    ],
    regex:
      /^ERROR: (?:Found [1-9]\d{0,5} \S{1,60} issue|The [1-9]\d{0,4} sanity tests?(?:\(s\))? listed below|Command "ansible)|The test `ansible-test sanity|^\S{1,300}\.ya?ml:\d{1,7}: (?:\[?E\d{3,4}\]?|\w{2,30}\[[\w-]{2,40}\]:?) |Failed after one or more|^Failed(?: after min profile)?: [1-9]\d{0,5} failure/,
    category: 'code.quality',
    weight: 0.86,
    says: 'a rule of Ansible is broken',
    examples: {
      matches: [
        'ERROR: Found 2 pep8 issue(s) which need to be resolved:',
        'tasks/cart.yml:12: [E301] Commands should not change things',
        'ERROR: The 2 sanity test(s) listed below (out of 44) failed.',
      ],
      not: ['ok=12 changed=0 failed=0'],
    },
  },
  {
    id: 'ansible.task',
    role: 'cause',
    tool: 'ansible',
    literals: [']: FAILED!', ']: UNREACHABLE!', 'ERROR! '],
    regex: /^fatal: \[[^\]]{1,200}\]: (?:FAILED|UNREACHABLE)!|^ERROR! \S/,
    category: 'deploy.apply',
    weight: 0.62,
    span: { after: 4 },
    says: 'a task of Ansible failed',
    examples: {
      matches: ['fatal: [localhost]: FAILED! => {"changed": false}', "ERROR! couldn't resolve module/action 'cart'"],
      not: ['ok: [localhost]'],
    },
  },
  {
    id: 'ops.lint',
    role: 'cause',
    literals: [
      ' DL3',
      ' DL4',
      'chart(s) failed',
      '[syntax-check]',
      '[expression]',
      '[action]',
      '[runner-label]',
      '[shellcheck]',
      '[events]',
      '[permissions]',
      '.pp - ',
      ' on line ',
      ' | P: ',
    ],
    regex:
      /^\S{1,200}:\d{1,7} (?:\[?DL\d{4}|DL\d{4})|DL[34]\d{3} (?:error|warning|info|style): |[1-9]\d{0,3} chart\(s\) (?:linted, [1-9]\d{0,3} chart\(s\) )?failed|^\S{1,300}:\d{1,7}:\d{1,6}: .{3,300} \[(?:syntax-check|expression|action|runner-label|shellcheck|events|permissions)\]$|^\S{1,250}\.pp - (?:ERROR|WARNING): |^(?:ERROR|WARNING): .{3,200} on line \d{1,7}(?: \(check: \w{3,60}\))?$|^L: +\d{1,7} \| P: +\d{1,6} \| \w{2,6} \|/,
    category: 'code.quality',
    weight: 0.86,
    says: 'a rule about infrastructure files is broken',
    examples: {
      matches: [
        'Dockerfile:12 DL3008 warning: Pin versions in apt get install',
        'ERROR: cart not in autoload module layout on line 1 (check: autoloader_layout)',
        'L:  12 | P:   7 | LT01 | Expected only single space',
      ],
      not: ['1 chart(s) linted, 0 chart(s) failed'],
    },
  },
]
