import { reviveJob, reviveRun } from '../../model/revive.ts'
import { forgetDeliveries, quarantinedDeliveries, recordDeliveries } from './deliveries-memory.ts'
import { failedJobs, findJob, jobsOf, recordJob } from './jobs-memory.ts'
import { jobsWithLog, logLength, readLogLines, readWholeLog, storeLog } from './logs-memory.ts'
import { lastPasses } from './passes-memory.ts'
import { pollMark, setPollMark } from './poll-memory.ts'
import { project, projected } from './projection.ts'
import { attemptsOf, findRun, findRuns, listRuns, openRuns, pipelineStates, recordRun, seamOf } from './runs-memory.ts'

/**
 * The organisation's runs as we know them: what was delivered, runs by attempt, jobs, archived logs, and how far we have
 * polled. Shared by all loops; it knows no vendor and judges nothing.
 */
export const pipelines = {
  project,
  projected,
  recordRun,
  recordJob,
  findRun,
  findRuns,
  findJob,
  listRuns,
  attemptsOf,
  jobsOf,
  failedJobs,
  lastPasses,
  seamOf,
  pipelineStates,
  openRuns,
  storeLog,
  logLength,
  readLogLines,
  readWholeLog,
  jobsWithLog,
  pollMark,
  setPollMark,
  recordDeliveries,
  quarantinedDeliveries,
  forgetDeliveries,
  reviveRun,
  reviveJob,
}
