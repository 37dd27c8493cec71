import type { LogAnswer } from '../ci.ts'
import { isRedactedRef, jobWithoutSecrets, type Redact, runWithoutSecrets, unredacted } from '../redact.ts'
import type { Reading } from './reading.ts'

/** The same reading as everybody may see it: no secret is in any name. */
export function maskedReading(reading: Reading, redact: Redact): Reading {
  return {
    ...reading,
    async run(ref) {
      const run = await reading.run(ref)
      return run && runWithoutSecrets(run, redact)
    },
    async attempt(ref, attempt) {
      const found = await reading.attempt(ref, attempt)
      return found && { ...found, run: runWithoutSecrets(found.run, redact) }
    },
    jobs: async (ref, attempt) => (await reading.jobs(ref, attempt)).map((job) => jobWithoutSecrets(job, redact)),
    async job(ref, externalId) {
      const job = await reading.job(ref, externalId)
      return job && jobWithoutSecrets(job, redact)
    },
    async definition(ref) {
      const found = await reading.definition(ref)
      return found && { ...found, path: redact(found.path) }
    },
    async tip(repository, branch) {
      if (!isRedactedRef(branch)) return await reading.tip(repository, branch)
      const like = await reading.branches(repository, branch.slice(0, branch.indexOf('*')))
      const shas = new Map(like.map(({ name, sha }) => [name, sha]))
      const own = unredacted(branch, shas.keys(), redact)
      return own === undefined ? undefined : shas.get(own)
    },
  }
}

export function maskedAnswer(answer: LogAnswer, redact: Redact): LogAnswer {
  return answer.kind === 'log' ? answer : { ...answer, sentence: redact(answer.sentence) }
}
