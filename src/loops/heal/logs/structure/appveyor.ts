import type { MarkReader } from './mark.ts'

const ci = 'appveyor'

/** No steps are marked; the runner's own words tell the vendor and the exit. */
export const appveyor: MarkReader = {
  literals: ['Command exited with code ', 'Command executed with exception', 'git clone -q '],
  read({ text, ci: known }) {
    const code = /^(?:\[\d\d:\d\d:\d\d\] )?Command exited with code (-?\d{1,10})/.exec(text)?.[1]
    if (code !== undefined) return { ci, exitCode: Number(code) }
    if (
      known === undefined &&
      /^(?:\[\d\d:\d\d:\d\d\] )?(?:git clone .{1,300} C:\\projects\\|Command executed with exception)/.test(text)
    )
      return { ci }
    return undefined
  },
}
