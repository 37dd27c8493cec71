import type { MarkReader } from './mark.ts'

const ci = 'buildkite'

/** At the beginning of a line, alone or after the agent's timestamp. */
const begins = (sign: string): readonly string[] => [`\n${sign}`, `Z ${sign}`, `Z] ${sign}`]

/** Groups begin with three signs and reach to the next; without an emoji they look like a diff, so the agent must have spoken. */
export const buildkite: MarkReader = {
  literals: [
    ...begins('~~~ '),
    ...begins('--- '),
    ...begins('+++ '),
    'The command exited with status ',
    'user command error: exit status ',
  ],
  read({ text, ci: known }) {
    const code = /The command exited with status (-?\d{1,5})|user command error: exit status (-?\d{1,5})/.exec(text)
    if (code !== null && (known === ci || text.includes('🚨'))) return { ci, exitCode: Number(code[1] ?? code[2]) }
    const group = /^(~~~|---|\+\+\+) (?!a\/|b\/|FAIL: |PASS: |SKIP: |\/)(.{1,300})/.exec(text)
    if (group?.[2] === undefined) return undefined
    const sure =
      known === ci ||
      (/^:[a-z0-9_+-]{1,40}: |^(?:Running|Preparing) /.test(group[2]) &&
        (group[1] === '~~~' || group[2].startsWith(':')))
    if (!sure || (known !== undefined && known !== ci)) return undefined
    return { ci, begins: { kind: 'step', name: group[2].trim() } }
  },
}
