import type { LogAnswer } from '../ci.ts'
import { jobWithoutSecrets, type Redact, runWithoutSecrets } from '../redact.ts'
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
      // No branch of git has a star in its name: this one was redacted.
      const star = branch.indexOf('*')
      if (star === -1) return await reading.tip(repository, branch)
      const like = await reading.branches(repository, branch.slice(0, star))
      const [one, ...others] = like.filter(({ name }) => redact(name) === branch)
      return others.length === 0 ? one?.sha : undefined
    },
  }
}

export function maskedAnswer(answer: LogAnswer, redact: Redact): LogAnswer {
  return answer.kind === 'log' ? answer : { ...answer, sentence: redact(answer.sentence) }
}
