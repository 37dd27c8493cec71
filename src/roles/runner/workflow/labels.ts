/** Labels of `runs-on` that this host answers to. Others are another system or another machine. */
export function isHostLabel(label: string, extra: readonly string[] = []): boolean {
  const name = label.toLowerCase()
  if (extra.some((known) => known.toLowerCase() === name)) return true
  return hostLabels.has(name) || /^ubuntu-(?:latest|slim|\d\d\.\d\d)(?:-arm)?$/.test(name)
}

const hostLabels = new Set(['self-hosted', 'linux', process.arch === 'arm64' ? 'arm64' : 'x64', 'mendline'])

export function unknownLabelSentence(labels: readonly string[]): string {
  return `no runner here answers to ${labels.map((label) => `'${label}'`).join(', ')}`
}
