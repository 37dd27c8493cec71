import type { MarkReader } from './mark.ts'

const ci = 'teamcity'

/** Service messages nest by their names; the build log shows steps by number. https://www.jetbrains.com/help/teamcity/service-messages.html */
export const teamcity: MarkReader = {
  literals: ['##teamcity[', 'Process exited with code ', '\t Step ', '\tStep '],
  read({ raw, ci: known }) {
    const service =
      /##teamcity\[(blockOpened|blockClosed|compilationStarted|compilationFinished|progressStart|progressFinish)\b[^\n]{0,40}?(?:name|compiler)?=?'((?:[^'|]|\|.){1,300})'/.exec(
        raw,
      )
    if (service?.[1] !== undefined && service[2] !== undefined) {
      const name = plain(service[2])
      if (/Closed|Finish/.test(service[1])) return { ci, ends: { id: name } }
      return { ci, begins: { kind: 'group', name, id: name, nests: true } }
    }
    if (raw.includes('##teamcity[')) return { ci }
    const step = /^\[\d\d:\d\d:\d\d\][A-Za-z ]{0,3}:?\s{0,4}Step (\d{1,3}\/\d{1,3}(?:: .{1,200})?)/.exec(raw)?.[1]
    if (step !== undefined) return { ci, begins: { kind: 'step', name: `Step ${step.trim()}` } }
    const code = /Process exited with code (-?\d{1,10})/.exec(raw)?.[1]
    return code !== undefined && known === ci ? { ci, exitCode: Number(code) } : undefined
  },
}

/** `|'`, `|n` and their like. */
const plain = (text: string): string => text.replace(/\|[nr]/g, ' ').replace(/\|(.)/g, '$1')
