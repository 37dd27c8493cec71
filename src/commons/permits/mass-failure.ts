/** Many like failures at once point at one cause outside: trying again everywhere makes it worse. */
export const massWindowMs = 15 * 60_000

export interface LikeFailures {
  readonly repositories: number
  readonly runs: number
  readonly likeJobs?: { readonly failed: number; readonly all: number } | undefined
}

/** Fewer like jobs say nothing about a share of them. */
const fewestLikeJobs = 6

/** Is this a mass failure? Then the sentence that says so. */
export function massFailure({ repositories, runs, likeJobs }: LikeFailures): string | undefined {
  if (repositories >= 3) return `The same failure was seen in ${repositories} repositories within 15 minutes.`
  if (runs >= 5) return `The same failure was seen in ${runs} runs within 15 minutes.`
  if (likeJobs !== undefined && likeJobs.all >= fewestLikeJobs && likeJobs.failed * 2 > likeJobs.all)
    return `${likeJobs.failed} of ${likeJobs.all} like jobs fail.`
  return undefined
}

/** After a probe that failed the next one waits longer: 5 minutes, doubled up to an hour. */
export function probePauseMs(probesSent: number): number {
  return Math.min(5 * 60_000 * 2 ** Math.max(0, probesSent - 1), 3_600_000)
}

/** A probe of which nothing was heard for this long is taken as lost. */
export const probeLimitMs = 2 * 3_600_000
