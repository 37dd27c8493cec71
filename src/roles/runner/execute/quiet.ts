/**
 * When does a job hang? It is quiet while it neither prints nor works. A job that computes in silence is slow, not
 * hung: whenever it used more than a small share of the processor, its quiet starts anew. Pure; time is handed in.
 */
export interface QuietWatch {
  /** Something was printed. */
  heard(nowMs: number, cpuMs: number): void
  /** Look again; answers once per silence, when it has lasted long enough. */
  check(nowMs: number, cpuMs: number): { readonly silentMs: number; readonly cpuMs: number } | undefined
}

/** Of one processor, over the time that counts as a stall. */
const workingShare = 0.01

export function createQuietWatch(stallAfterMs: number): QuietWatch {
  let since = { nowMs: 0, cpuMs: 0 }
  let told = false
  const restart = (nowMs: number, cpuMs: number) => {
    since = { nowMs, cpuMs }
    told = false
  }
  return {
    heard: restart,
    check(nowMs, cpuMs) {
      const used = cpuMs - since.cpuMs
      if (used > stallAfterMs * workingShare) restart(nowMs, cpuMs)
      const silentMs = nowMs - since.nowMs
      if (told || silentMs < stallAfterMs) return undefined
      told = true
      return { silentMs: Math.round(silentMs), cpuMs: Math.round(used) }
    },
  }
}
