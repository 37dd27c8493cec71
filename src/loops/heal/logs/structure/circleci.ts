import type { MarkReader } from './mark.ts'

const ci = 'circleci'

/** A step of the plain log begins with its shell and is named by the command below it. */
export const circleci: MarkReader = {
  literals: ['#!/bin/bash -eo pipefail', '#!/bin/sh -eo pipefail', 'Exited with code', 'CircleCI received exit code '],
  read({ text, ci: known }) {
    if (/^#!\/bin\/(?:ba)?sh -eo pipefail/.test(text))
      return { ci, begins: { kind: 'step', name: 'step', namedByNext: true } }
    const code = /^(?:Exited with code (?:exit status )?|CircleCI received exit code )(\d{1,5})/.exec(text)?.[1]
    return code !== undefined && (known === ci || known === undefined) ? { ci, exitCode: Number(code) } : undefined
  },
}
